"""Modules that scripts use often: imported before the snapshot, so that they cost a script nothing.

Each costs its share of the first start on a machine. Others are learnt: see cleaning.py.
"""

# ruff: noqa: F401
import asyncio
import base64
import collections.abc
import copy
import csv
import dataclasses
import datetime
import decimal
import enum
import functools
import glob
import hashlib
import io
import itertools
import json
import logging
import math
import operator
import os.path
import pathlib
import random
import re
import statistics
import string
import textwrap
import time
import traceback
import types
import typing
import unicodedata
import warnings
