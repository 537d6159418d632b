"""What the set-up scripts say, in Thai or English, on any console.

Runs on Python 3.6 too, so that an old Python can be told that it is too old: keep annotations plain.
"""

import locale
import os
import subprocess
import sys

OLDEST_PYTHON = (3, 11)
NEWER_PYTHONS = ("python3.14", "python3.13", "python3.12", "python3.11")

TEXTS = {
    "old-python": {
        "th": "ต้องใช้ Python 3.11 ขึ้นไป แต่ตัวนี้คือ {version} ({path}){hint}",
        "en": "Python 3.11 or newer is needed; this is {version} ({path}){hint}",
    },
    "use-newer-python": {
        "th": " ในเครื่องมีรุ่นใหม่กว่า ให้สั่ง: {command}",
        "en": "; a newer one is on this machine, run: {command}",
    },
    "get-newer-python": {
        "th": " ติดตั้งได้จาก https://www.python.org/downloads/",
        "en": "; get one from https://www.python.org/downloads/",
    },
    "no-venv": {
        "th": "Python นี้ไม่มีโมดูล {module} ({path}) บน Debian และ Ubuntu ให้สั่ง: apt install python3-venv",
        "en": "this Python has no module {module} ({path}); on Debian, Ubuntu run: apt install python3-venv",
    },
    "venv-failed": {
        "th": "สร้าง {folder} ไม่ได้: {reason}",
        "en": "cannot make {folder}: {reason}",
    },
    "venv-foreign": {
        "th": "มี {folder} อยู่แล้ว ใช้ไม่ได้ และสคริปต์นี้ไม่ได้สร้าง ให้ลบหรือเปลี่ยนชื่อ แล้วสั่งใหม่",
        "en": "{folder} does not work and was not made by this script: delete or rename it, then run again",
    },
    "folder-busy": {
        "th": "ย้าย {folder} ออกไม่ได้ ({reason}) ให้ปิดโปรแกรมที่ใช้โฟลเดอร์นี้อยู่ แล้วสั่งใหม่",
        "en": "cannot move {folder} away ({reason}): close what is using it, then run again",
    },
    "already-running": {
        "th": "มีการติดตั้งอีกชุดกำลังทำงานในโฟลเดอร์นี้ ให้รอจนเสร็จ แล้วสั่งใหม่",
        "en": "another set-up is at work in this folder: wait until it is done, then run again",
    },
    "cannot-write": {
        "th": "เขียนลง {folder} ไม่ได้: {reason}",
        "en": "cannot write into {folder}: {reason}",
    },
    "no-lock": {
        "th": "ไม่พบ {lock} ให้โคลนโครงการนี้ใหม่ให้ครบ",
        "en": "{lock} is not there: clone the project again, whole",
    },
    "no-network": {
        "th": "ดาวน์โหลดไม่ได้ ให้ตรวจอินเทอร์เน็ตหรือพร็อกซี แล้วสั่งใหม่ (รายละเอียด: {log})",
        "en": "cannot download: check the network or the proxy, then run again (details: {log})",
    },
    "hash-differs": {
        "th": "ไฟล์ที่ดาวน์โหลดมาไม่ตรงกับ {lock} จึงไม่ติดตั้ง: {package} (รายละเอียด: {log})",
        "en": "a download is not what {lock} names, so it was not installed: {package} (details: {log})",
    },
    "disk-full": {
        "th": "เนื้อที่ดิสก์ไม่พอ (รายละเอียด: {log})",
        "en": "the disk is full (details: {log})",
    },
    "pip-failed": {
        "th": "pip ติดตั้งไม่สำเร็จ: {reason} (รายละเอียด: {log})",
        "en": "pip could not install: {reason} (details: {log})",
    },
    "browser-named-wrongly": {
        "th": "COOPKM_BROWSER ชี้ไปที่ {path} ซึ่งไม่มีหรือเปิดไม่ได้",
        "en": "COOPKM_BROWSER names {path}, which is not there or does not start",
    },
    "no-browser": {
        "th": "ไม่พบเบราว์เซอร์ ให้ติดตั้ง Chrome, Edge หรือ Chromium หรือเติม --no-browser เพื่อทดสอบเฉพาะส่วนที่ไม่ใช้เบราว์เซอร์",
        "en": "no browser: install Chrome, Edge or Chromium, or add --no-browser to run what needs none",
    },
    "making": {
        "th": "สร้าง {folder} ...",
        "en": "making {folder} ...",
    },
    "repairing": {
        "th": "ครั้งก่อนติดตั้งไม่จบ สร้าง {folder} ใหม่ ...",
        "en": "the last set-up did not finish: making {folder} anew ...",
    },
    "installing": {
        "th": "ติดตั้ง {count} แพ็กเกจจาก {lock} (ครั้งแรกใช้เวลาหนึ่งถึงสามนาที) ...",
        "en": "installing {count} packages from {lock} (one to three minutes the first time) ...",
    },
    "unpacking": {
        "th": "กำลังวางไฟล์ ...",
        "en": "putting the files in place ...",
    },
    "waiting": {
        "th": "เครือข่ายไม่ตอบ ลองใหม่ ...",
        "en": "the network does not answer, trying again ...",
    },
    "ready": {
        "th": "{folder} พร้อมใช้",
        "en": "{folder} is ready",
    },
    "getting-browser": {
        "th": "ติดตั้งเบราว์เซอร์ ({way}) ...",
        "en": "installing a browser ({way}) ...",
    },
    "getting-judges": {
        "th": "ติดตั้งโปรแกรมที่ใช้ตรวจไฟล์ผลงาน: {packages} ...",
        "en": "installing programs that judge the output: {packages} ...",
    },
    "browser": {
        "th": "เบราว์เซอร์สำหรับทดสอบ: {path}",
        "en": "browser for the tests: {path}",
    },
    "building": {
        "th": "สร้างเว็บไซต์ ...",
        "en": "building the site ...",
    },
    "built": {
        "th": "เว็บไซต์อยู่ที่ {path}\n  เปิดดู: {link}\n  ดูตัวอย่างขณะแก้ไข: {preview}",
        "en": "the site is in {path}\n  open:    {link}\n  preview: {preview}",
    },
    "build-failed": {
        "th": "สร้างเว็บไซต์ไม่สำเร็จ ดูข้อความข้างบน เว็บไซต์ชุดเดิมยังอยู่ครบ",
        "en": "the site was not built, see above; the last good one is untouched",
    },
    "failed-so-far": {
        "th": "ก่อนถึงการทดสอบ มีขั้นที่ไม่ผ่าน: {steps}",
        "en": "failed before the tests: {steps}",
    },
    "no-type-check": {
        "th": "ไม่ได้ตรวจชนิดข้อมูลของ JavaScript",
        "en": "types of the JavaScript not checked",
    },
    "without-judges": {
        "th": "ทดสอบโดยไม่มีโปรแกรมจาก npm: {reason}",
        "en": "testing without the programs from npm: {reason}",
    },
    "no-node": {"th": "เครื่องนี้ไม่มี Node.js และ npm", "en": "Node.js and npm are not on this machine"},
    "no-judges": {
        "th": "ติดตั้งตาม tests/judges/package-lock.json ไม่ได้ (รายละเอียด: {log})",
        "en": "tests/judges/package-lock.json could not be installed (details: {log})",
    },
    "stopped": {"th": "หยุดตามคำสั่ง", "en": "stopped"},
}


class CannotGoOn(Exception):
    """Something is missing: one line for the person, exit code 2."""

    def __init__(self, code, **fields):
        super().__init__(code)
        self.code = code
        self.fields = fields


class Voice:
    """Speaks one language; where the console has no Thai letters, English."""

    def __init__(self, language, stream=None):
        self.stream = stream or sys.stdout
        self.language = language if can_print(TEXTS["making"][language], self.stream) else "en"

    def text(self, code, **fields):
        return TEXTS[code][self.language].format(**fields)

    def say(self, code, **fields):
        self.line(self.text(code, **fields))

    def line(self, text, end="\n"):
        """Print, whatever the console's encoding; letters that it has not become question marks."""
        encoding = encoding_of(self.stream)
        try:
            self.stream.write(text.encode(encoding, "replace").decode(encoding) + end)
            self.stream.flush()
        except BrokenPipeError:
            silence(self.stream)


def silence(stream):
    """Nobody reads on (`| head`): let the work go on, and the end of Python not complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def encoding_of(stream):
    return getattr(stream, "encoding", None) or "ascii"


def can_print(text, stream):
    try:
        text.encode(encoding_of(stream))
    except UnicodeEncodeError:
        return False
    return True


def chosen_language(arguments, environ=os.environ):
    """`--lang` decides, else the locale. Looked up before arguments are parsed: an early stop speaks too."""
    for position, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return "th" if argument == "--lang=th" else "en"
        if argument == "--lang":
            return "th" if arguments[position + 1 : position + 2] == ["th"] else "en"
    return "th" if system_locale(environ).lower().startswith(("th", "thai")) else "en"


def system_locale(environ):
    """The locale's name, such as `th_TH.UTF-8`, or an empty text."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(name):
            return environ[name]
    if os.name == "nt":
        import ctypes

        return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    return ""


def run(main, arguments):
    """Call `main(arguments, voice)`; give the exit code. A thing missing is one line and 2; Ctrl-C is 130."""
    language = chosen_language(arguments)
    try:
        require_python(arguments)
        return main(arguments, Voice(language))
    except CannotGoOn as stop:
        voice = Voice(language, sys.stderr)
        voice.line("coopkm: " + voice.text(stop.code, **in_language(stop.fields, voice)))
        return 2
    except KeyboardInterrupt:
        Voice(language, sys.stderr).say("stopped")
        return 130


def in_language(fields, voice):
    """Fields that are themselves messages, as (code, fields), become text."""
    return {
        name: voice.text(value[0], **value[1]) if isinstance(value, tuple) else value for name, value in fields.items()
    }


def require_python(arguments):
    if sys.version_info[:2] >= OLDEST_PYTHON:
        return
    newer = next(filter(starts, NEWER_PYTHONS), None)
    hint = ("get-newer-python", {})
    if newer:
        command = " ".join([newer, sys.argv[0]] + list(arguments))  # noqa: RUF005 - Python 3.6
        hint = ("use-newer-python", {"command": command})
    version = ".".join(map(str, sys.version_info[:3]))
    raise CannotGoOn("old-python", version=version, path=sys.executable, hint=hint)


def starts(program):
    """Whether `program --version` runs and ends well."""
    try:
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return subprocess.call([program, "--version"], **quiet) == 0
    except OSError:
        return False
