// Modules that scripts of the Python original could import, and what becomes of them in the sandbox.

const names = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Of the standard library, and at work in the sandbox. */
export const AT_HAND = names(`
  __future__ abc argparse array ast asyncio atexit base64 bdb binascii bisect builtins bz2 cProfile calendar cmath cmd
  code codecs codeop collections colorsys compileall configparser contextlib contextvars copy copyreg csv dataclasses
  datetime decimal difflib dis doctest email encodings enum errno faulthandler filecmp fileinput fnmatch fractions
  functools gc getopt getpass gettext glob graphlib gzip hashlib heapq hmac html imaplib importlib inspect io
  ipaddress itertools json keyword linecache locale logging lzma mailbox marshal math mimetypes modulefinder
  netrc numbers opcode operator optparse os pathlib pdb pickle pickletools pkgutil platform plistlib posixpath pprint
  profile pstats py_compile pyclbr queue quopri random re reprlib rlcompleter runpy sched secrets selectors shelve
  shlex shutil signal site stat statistics string stringprep struct symtable sys sysconfig tabnanny tarfile tempfile
  textwrap this time timeit token tokenize tomllib trace traceback tracemalloc types typing unicodedata unittest uuid
  warnings wave weakref xml zipapp zipfile zipimport zlib zoneinfo
`);

const NOWHERE = "give the task to `http/request` or to a method of your own (docs/library.md)";
const ALONE = "let tasks of the document run at the same time instead";
const APART = "give it to a method of your own (docs/library.md)";

/** Of the standard library, but without what it needs; and what to do instead. */
export const CANNOT: ReadonlyMap<string, string> = new Map([
  ...[
    "socket",
    "ssl",
    "http",
    "urllib",
    "ftplib",
    "smtplib",
    "poplib",
    "socketserver",
    "xmlrpc",
    "wsgiref",
  ].map((name) => [name, `there is no network: ${NOWHERE}`] as const),
  ...["threading", "multiprocessing", "concurrent"].map(
    (name) => [name, `there are no threads: ${ALONE}`] as const,
  ),
  ...["subprocess", "pty", "curses", "tkinter", "readline", "webbrowser"].map(
    (name) => [name, `no programs are started and there is no terminal: ${APART}`] as const,
  ),
  ...["sqlite3", "dbm", "ctypes", "mmap", "fcntl", "resource", "pwd", "grp", "termios", "syslog"].map(
    (name) => [name, `it needs the machine: ${APART}`] as const,
  ),
]);
