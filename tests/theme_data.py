"""Templates that try to get out, or to take everything; each with the code and the line of what is said of it."""

from __future__ import annotations

DOUBLED = 40

# What a section more holds, and where which problem is found. Each is on its own.
ATTACKS: dict[str, tuple[str, str, int]] = {
    # What Python is made of
    "the class of a text": ("\n{{ ''.__class__ }}", "F323", 2),
    "by a filter": ("{{ ''|attr('__class__') }}", "F320", 1),
    "by map": ("{{ ['']|map(attribute='__class__')|list|first }}", "F323", 1),
    "the globals of a function": ("{{ exact.__globals__ }}", "F323", 1),
    "the function of a method": ("{{ say.score.__func__ }}", "F323", 1),
    "itself": ("{{ self.__init__ }}", "F323", 1),
    "a place of a message": ('{{ _("{x.__class__}", x=say) }}', "F323", 1),
    "a place of our own words": ('{{ say.words("{x[0]}", x=say) }}', "F323", 1),
    "a place of a counted message": ('{{ say.words.count("{x.y}", "{x.y}", 1, x=say) }}', "F323", 1),
    "a message's width": ('{{ _("{x:>999999999}", x=1) }}', "F323", 1),
    "format": ("{{ '{:>999999999}'.format(1) }}", "F323", 1),
    "per cent": ("{{ '%999999999d' % 1 }}", "F323", 1),
    "a model's own reading of pickles": ("{{ scorer.questionnaire.parse_raw('x', proto='pickle', allow_pickle=True) }}", "F323", 1),
    "a model's own reading of files": ("{{ scorer.rubric.parse_file('/etc/passwd') }}", "F323", 1),
    "a model's own making": ("{{ scorer.rubric.model_construct() }}", "F323", 1),
    "changing a list": ("{% set x = [1] %}{{ x.append(2) }}", "F323", 1),
    "changing what we show": ("{{ benchmark.questions.append(2) }}", "F322", 1),
    "a whole benchmark": ("{{ benchmark }}", "F323", 1),
    "a list as words": ("{{ view.rows ~ '' }}", "F323", 1),
    "a list as a string": ("{{ view.rows|string }}", "F323", 1),
    "a joined list of lists": ("{{ [[1]]|join }}", "F323", 1),
    # Files
    "a file above": ('\n\n{% include "../../etc/passwd" %}', "F321", 3),
    "a file elsewhere": ('{% include "/etc/passwd" %}', "F321", 1),
    "above ours": ('{% include "maturity/../style.css" %}', "F321", 1),
    "no template of ours": ('{% extends "maturity/style.css" %}', "F321", 1),
    "a name that is put together": ('{% set a = "../" %}\n{% include a ~ "theme.css" %}', "F321", 2),
    # Time
    "loops in loops": ("{% for a in range(9999) %}\n{% for b in range(9999) %}{% endfor %}{% endfor %}", "F324", 2),
    "a loop over all digits": ("{% for a in range(100000000000) %}{% endfor %}", "F324", 1),
    "a macro that calls itself": ("{% macro m() %}{{ m() }}{% endmacro %}\n{{ m() }}", "F324", 1),
    "a macro that calls itself twice": ("{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(50) }}", "F324", 1),
    "a loop in itself": ("{% for a in [1] recursive %}{{ loop([1]) }}{% endfor %}", "F324", 1),
    "a template in itself": ('{% include "extra_council.html.j2" %}', "F324", 1),
    "a template on itself": ('{% extends "extra_council.html.j2" %}', "F324", 1),
    "filters in a loop": ("{% for a in range(9999) %}{{ range(9999)|select('gt', 10000)|list|length }}{% endfor %}", "F324", 1),
    "lists of lists compared": ("{% set x = [1] %}{% set y = [1] %}" + "{% set x = [x, x] %}{% set y = [y, y] %}" * DOUBLED + "{{ x == y }}", "F324", 1),
    # Memory
    "a text times": ("{{ ('a' * 1000000000)|length }}", "F324", 1),
    "a list times": ("{{ ([1] * 1000000000)|length }}", "F324", 1),
    "a text and itself": ("{% set x = 'aaaaaaaaaa' %}" + "{% set x = x ~ x %}" * DOUBLED, "F324", 1),
    "a text plus itself": ("{% set x = 'aaaaaaaaaa' %}" + "{% set x = x + x %}" * DOUBLED, "F324", 1),
    "what is set": ("{% set x %}aaaaaaaaaa{% endset %}" + "{% set x %}{{ x }}{{ x }}{% endset %}" * DOUBLED, "F324", 1),
    "replaced": ("{% set x = 'a' * 1000 %}" + "{% set x = x|replace('a', 'a' * 1000) %}" * 3, "F324", 1),
    "replaced by a method": ("{{ 'a'.replace('a', 'b') }}", "F323", 1),
    "joined": ("{{ range(9999)|join('a' * 9999) }}", "F324", 1),
    "lists of lists": ("{% set x = [1] %}" + "{% set x = [x, x] %}" * DOUBLED, "F324", 1),
    "large numbers": ("{% set x = 10 %}" + "{% set x = x * x %}" * DOUBLED, "F324", 1),
    "powers": ("{{ 10 ** 1000000000 }}", "F323", 1),
    "places": ("{{ 1|round(1000000000, 'ceil') }}", "F323", 1),
    "decimals": ("{{ exact(1, 1000000000) }}", "F325", 1),
    "a wide text": ("{{ 'a'.center(1000000000) }}", "F323", 1),
    "printed without end": ("{% for a in range(9999) %}" + "a" * 9999 + "{% endfor %}", "F324", 1),
    # Mistakes
    "an open brace": ("\n\n{% if %}", "F320", 3),
    "no such filter": ("\n{{ 1|center(1000) }}", "F320", 2),
    "no such name": ("a\n{{ nothing }}", "F322", 2),
    "no such part": ("{{ view.nothing }}", "F322", 1),
    "a text and a number": ("{{ 1 + 'a' }}", "F325", 1),
    "by nought": ("{{ 1 / 0 }}", "F325", 1),
    "a part that cannot be set": ("{% set say.x = 1 %}", "F325", 1),
}  # fmt: skip

# What may be done, and what comes of it.
ALLOWED = {
    "{{ ['a', 'b']|join(', ') }}{{ ['a', 'b']|join }}{{ ['a', 'b']|join(d='-') }}": "a, baba-b",
    "{{ view.rows|join(', ', attribute='name')|length > 9 }}": "True",
    "{{ [{'n': 'x'}, {'n': 'y'}]|join(attribute='n') }}": "xy",
    "{{ view.rows|map(attribute='name')|first|upper }}": "¤OVERALL¤",
    "{% for n in range(3) %}{{ n * 2 }}{{ 'ab' * n }}{% endfor %}": "02ab4abab",
    "{% set x = namespace(n=1) %}{% for a in [1, 2] %}{% set x.n = x.n + a %}{% endfor %}{{ x.n }}": "4",
    "{{ dict(a=1).items()|list|length }}{{ {'b': 2}.b }}{{ (1, 2)|last }}": "122",
    "{{ '<b>' }}{{ '<b>'|safe }}{{ '<' ~ ('<b>'|safe) }}": "&lt;b&gt;<b>&lt;<b>",
    "{{ say.date(made_on) }}{{ made_on.year }}": "22 November 20262026",
    "{{ 'a,b'.split(',')|length }}{{ 7 % 4 }}{{ 2.345|round(1) }}{{ exact(1 / 3, 9)|length }}": "232.311",
    "{% macro m(a) %}[{{ a }}{{ caller() }}]{% endmacro %}{% call m(1) %}x{% endcall %}": "[1x]",
    "{{ nothing is defined }}{{ nothing|default('-') }}{{ 1 in [1, 2] }}": "False-True",
    "{% for a in [[1], [2, 3]] recursive %}{{ loop(a) if a is iterable else a }}{% endfor %}": "123",
}  # fmt: skip

# Templates in the place of ours that would let the page out of its policy.
ESCAPES: dict[str, tuple[str, str]] = {
    "another head": ("base.html.j2", "<!doctype html><html><head></head><body>{% block content %}{% endblock %}</body></html>"),
    "a page without ours": ("council.html.j2", "<p>All of it</p>"),
    "led elsewhere": ("extra_council.html.j2", "<meta\n content='0;url=https://example.org' Http-Equiv=refresh>"),
    "led elsewhere from the title": ("council.html.j2", '{% extends "maturity/council.html.j2" %}{% block title %}</title><meta http-equiv="refresh" content="0;url=//example.org"><title>{% endblock %}'),
    "put together": ("extra_council.html.j2", "{{ ('<ifr' ~ 'ame src=https://example.org>')|safe }}"),
    "asked beforehand": ("extra_council.html.j2", '<link rel="dns-prefetch" href="//example.org">'),
    "a form": ("extra_council.html.j2", '<form action="https://example.org"><button>Send</button></form>'),
}  # fmt: skip
