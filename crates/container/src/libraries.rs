//! Telling a program's own modules from those that came with Python, from a package index, or from the packer.

/// The standard library of every version from 2.7 to 3.14, top-level names.
const STANDARD: &str = "__future__ __phello__ _abc _aix_support _asyncio _ast _bisect _blake2 _bootlocale _bootsubprocess \
    _codecs _collections _collections_abc _colorize _compat_pickle _compression _contextvars _csv _ctypes _curses _datetime \
    _dbm _decimal _distutils_hack _elementtree _functools _hashlib _heapq _imp _interpreters _io _ios_support _json _locale \
    _lsprof _lzma _markupbase _md5 _multibytecodec _multiprocessing _opcode _opcode_metadata _operator _osx_support _pickle \
    _posixshmem _posixsubprocess _py_abc _py_warnings _pydatetime _pydecimal _pyio _pylong _pyrepl _queue _random _sha1 \
    _sha2 _sitebuiltins _socket _sqlite3 _sre _ssl _stat _statistics _string _strptime _struct _symtable _sysconfigdata \
    _thread _threading_local _tkinter _tracemalloc _typing _uuid _warnings _weakref _weakrefset _winapi _wmi _zoneinfo \
    _zstd abc aifc annotationlib antigravity argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb binascii \
    binhex bisect builtins bz2 calendar cgi cgitb chunk cmath cmd code codecs codeop collections colorsys commands compileall \
    compiler compression concurrent configparser contextlib contextvars cookielib copy copy_reg copyreg cPickle cProfile crypt \
    cStringIO csv ctypes curses dataclasses datetime dbm decimal difflib dircache dis distutils doctest dummy_thread \
    dummy_threading email encodings ensurepip enum errno exceptions faulthandler fcntl filecmp fileinput fnmatch formatter \
    fpformat fractions ftplib functools future_builtins gc genericpath getopt getpass gettext glob graphlib grp gzip hashlib \
    heapq hmac hotshot html htmlentitydefs htmllib HTMLParser http httplib idlelib imaplib imghdr imp importlib imputil inspect \
    io ipaddress itertools json keyword lib2to3 linecache locale logging lzma macpath macurl2path mailbox mailcap markupbase \
    marshal math md5 mhlib mimetools mimetypes MimeWriter mimify mmap modulefinder msilib msvcrt multifile multiprocessing mutex \
    netrc new nis nntplib nt ntpath nturl2path numbers opcode operator optparse os os2emxpath ossaudiodev parser pathlib pdb \
    pickle pickletools pipes pkgutil platform plistlib popen2 poplib posix posixfile posixpath pprint profile pstats pty pwd \
    py_compile pyclbr pydoc pydoc_data pyexpat queue Queue quopri random re readline repr reprlib resource rexec rfc822 rlcompleter \
    robotparser runpy sched secrets select selectors sets sgmllib sha shelve shlex shutil signal site sitecustomize smtpd smtplib \
    sndhdr socket SocketServer socketserver spwd sqlite3 sre sre_compile sre_constants sre_parse ssl stat statistics statvfs string \
    StringIO stringold stringprep strop struct subprocess sunau sunaudio symbol symtable sys sysconfig syslog tabnanny tarfile \
    telnetlib tempfile termios test textwrap this thread threading time timeit tkinter Tkinter toaiff token tokenize tomllib trace \
    traceback tracemalloc tty turtle turtledemo types typing unicodedata unittest urllib urllib2 urlparse user usercustomize \
    UserDict UserList UserString uu uuid venv warnings wave weakref webbrowser whichdb winreg winsound wsgiref xdrlib xml xmllib \
    xmlrpc xmlrpclib xxsubtype zipapp zipfile zipimport zlib zoneinfo";

/// Packages from the index that frozen programs carry most, and what packers put in by themselves.
const PACKAGES: &str = "Crypto Cryptodome Cython OpenGL OpenSSL PIL PyInstaller PyQt4 PyQt5 PyQt6 PySide2 PySide6 _cffi_backend \
    _pytest _yaml aiofiles aiohttp aiosignal altgraph anyio appdirs asgiref async_timeout attr attrs backports bcrypt bs4 \
    cachetools certifi cffi chardet charset_normalizer click cloudpickle colorama comtypes cryptography cv2 cx_Freeze dateutil \
    discord distro django dns docutils ecdsa eth_account et_xmlfile exceptiongroup fastapi filelock flask fontTools frozenlist \
    google gevent greenlet grpc h11 httpcore httpx idna importlib_metadata importlib_resources itsdangerous jaraco jinja2 joblib \
    jsonschema jwt keyboard kivy lxml markupsafe matplotlib mouse more_itertools mpl_toolkits mpmath multidict mypy_extensions \
    mysql nacl networkx numpy oauthlib olefile openpyxl orjson packaging pandas paramiko pefile pip pkg_resources platformdirs \
    ply propcache psutil psycopg2 py pyasn1 pyasn1_modules pyautogui pycparser pydantic pydantic_core pygame pygments pymongo \
    pymysql pynput pyparsing pyperclip pytest pythoncom pythonwin pytz pywin pywin32_system32 pywintypes qtpy readline redis regex \
    requests requests_oauthlib rich ruamel scipy selenium serial setuptools shiboken2 shiboken6 simplejson six skimage sklearn \
    sniffio socks soupsieve sqlalchemy starlette sympy tabulate telegram telethon tensorflow toml tomli torch torchvision tornado \
    tqdm trio tzdata tzlocal typing_extensions urllib3 uvicorn uvloop watchdog wcwidth webencodings websocket websockets werkzeug \
    wheel win32 win32com win32con wrapt wx xlrd xlsxwriter yaml yarl zipp zmq zope";

/// What packers name their own parts like.
const PACKER_PREFIXES: &[&str] =
    &["pyi_rth_", "pyi-", "pyiboot", "pyimod", "pyi_", "_pyi_", "_pyinstaller_", "cx_Freeze_"];
/// Folders that hold what was installed, wherever they are.
const LIBRARY_FOLDERS: &[&str] =
    &["site-packages", "dist-packages", "lib-dynload", ".deps", "_bootstrap", ".bootstrap", "Lib"];

/// Whether a member of this name is a known library's, or the packer's.
pub(crate) fn is_library(name: &str) -> bool {
    let name = installed(name);
    let mut folders = name.split(['/', '\\']).peekable();
    while let Some(folder) = folders.next() {
        if folders.peek().is_some() && LIBRARY_FOLDERS.contains(&folder) {
            return true;
        }
    }
    let name = name.trim_start_matches("lib/").trim_start_matches("./");
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let is_shared =
        (file.starts_with("lib") && file.contains(".so")) || file.ends_with(".dll") || file.ends_with(".dylib");
    if is_shared || name == "base_library.zip" {
        return true;
    }
    let top = name.split(['/', '\\', '.']).next().unwrap_or(name);
    is_packaging(name)
        || STANDARD.split_ascii_whitespace().any(|known| known == top)
        || PACKAGES.split_ascii_whitespace().any(|known| known == top)
}

/// Whether a member of this name is what an installer or a packer put in beside modules.
pub(crate) fn is_packaging(name: &str) -> bool {
    let mut folders = name.split(['/', '\\']);
    let top = folders.next().unwrap_or(name);
    folders.any(|folder| folder.ends_with(".dist-info"))
        || [".dist-info", ".egg-info"].iter().any(|ending| top.ends_with(ending))
        || top == "EGG-INFO"
        || PACKER_PREFIXES.iter().any(|prefix| top.starts_with(prefix))
}

/// A name as it is within the folder in which shiv and pex keep all that an application is made of, the author's own among it.
fn installed(name: &str) -> &str {
    let of_pex = || name.strip_prefix(".deps/")?.split_once('/').map(|(_, name)| name);
    name.strip_prefix("site-packages/").or_else(of_pex).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_an_authors_own_is_told_from_what_came_along() {
        let own = [
            "site-packages/shop/__init__.py",
            ".deps/shop-1.0-py3-none-any.whl/shop/__init__.py",
            "shop/requests_of_customers.pyc",
            "__main__.py",
            "lib/shop/basket.pyc",
        ];
        let others = [
            "site-packages/requests/api.py",
            "site-packages/shop-1.0.dist-info/RECORD",
            ".deps/requests-2.0-py3-none-any.whl/requests/api.py",
            ".bootstrap/pex/pex.py",
            "_bootstrap/__init__.py",
            "env/lib/python3.12/site-packages/shop/__init__.py",
            "encodings.utf_8",
            "pyi_rth_inspect",
        ];
        for name in own {
            assert!(!is_library(name), "{name}");
        }
        for name in others {
            assert!(is_library(name), "{name}");
        }
    }

    #[test]
    fn what_installers_and_packers_put_in_is_told_from_modules() {
        for name in
            ["requests-2.0.dist-info/RECORD", "EGG-INFO/PKG-INFO", "shop.egg-info/top_level.txt", "pyimod02_importers"]
        {
            assert!(is_packaging(name), "{name}");
        }
        for name in ["requests/api.py", "encodings.utf_8", "shop/dist-info.py"] {
            assert!(!is_packaging(name), "{name}");
        }
    }
}
