"""Files read by several processes: the same as by one, whatever becomes of the processes."""

from __future__ import annotations

import os
import pickle
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

import pytest

from maturity.intake import workers
from maturity.intake.collect import collect
from maturity.intake.findings import FORMULA
from maturity.intake.parcels import parcel, unpacked
from maturity.intake.reading import Manner, ToRead, read
from maturity.intake.tables import How
from maturity.intake.workers import readings
from maturity.models.register import Register
from maturity.sources.registers import wales
from tests.test_workbook_damage import CASES  # noqa: F401
