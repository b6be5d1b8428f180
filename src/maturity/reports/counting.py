"""Makes templates count what they do: calls of the environment's own methods, put into the tree that Jinja compiles."""

# A class of Jinja's is what it is made of; only a page with a theme imports this module.
# ruff: noqa: TID253
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jinja2 import Environment, nodes
from jinja2.visitor import NodeTransformer


class Counting(NodeTransformer):
    """Visits a template's tree and puts the calls of `turn`, `joined` and `weighed` into it; those are the environment's."""

    def __init__(self, environment: Environment) -> None:
        self.environment = environment

    def _call(self, method: str, arguments: Sequence[nodes.Expr], at: nodes.Node) -> nodes.Call:
        made = nodes.Call(nodes.EnvironmentAttribute(method), list(arguments), [], None, None)
        made.set_lineno(at.lineno, override=True).set_environment(self.environment)
        return made

    def _begun(self, node: Any) -> Any:
        """The node with its body counted."""
        self.generic_visit(node)
        text = sum(len(data.data) for part in node.body for data in part.find_all(nodes.TemplateData))
        text += sum(len(part.data) for part in node.body if isinstance(part, nodes.TemplateData))
        call = self._call("turn", [nodes.Const(text)], node)
        counted = nodes.ExprStmt(call).set_lineno(node.lineno).set_environment(self.environment)
        node.body.insert(0, counted)
        return node

    visit_For = visit_Macro = visit_CallBlock = visit_Block = _begun  # noqa: N815 - Jinja's own names

    def visit_Concat(self, node: nodes.Concat) -> nodes.Call:  # noqa: N802 - Jinja's own name
        self.generic_visit(node)
        return self._call("joined", node.nodes, node)

    def visit_Compare(self, node: nodes.Compare) -> nodes.Compare:  # noqa: N802 - Jinja's own name
        self.generic_visit(node)
        node.expr = self._call("weighed", [node.expr], node)
        for operand in node.ops:
            operand.expr = self._call("weighed", [operand.expr], node)
        return node

    def visit_List(self, node: nodes.List) -> nodes.Expr:  # noqa: N802 - Jinja's own name
        self.generic_visit(node)
        return self._call("weighed", [node], node)
