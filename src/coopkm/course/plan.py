"""The timetable of a course: parts in their order, laid into days; values only.

All lengths are minutes. A part keeps its minutes wherever it is laid: nothing is shortened, nothing overlaps, and
from the first minute of a day to its last every minute belongs to one session.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from typing import Literal

from coopkm.errors import CannotGoOn
from coopkm.text.dates import format_date

Kind = Literal["opening", "pretest", "teaching", "activity", "posttest", "closing", "break", "lunch", "reserve"]
PAUSES: tuple[Kind, ...] = ("break", "lunch")

SHORTEST = 20  # no piece of a part that is cut is shorter
_SMALLEST_HALF = 30
_STRETCH = 120  # a half-day longer than this has a break in it
_WORK_WITHOUT_BREAK = 105
_NEAR = 30  # a break moves by so much so as not to cut a part
_STEP = 5
_LONG_RESERVE = 30  # rather than leave so much before lunch, a part goes on after it
_LATE = 30  # a course ends so much after noon rather than going on after lunch
_MOST_DAYS = 366


@dataclass(frozen=True)
class Part:
    """Something that takes time: the talk or an activity of a module, or a part of the frame.

    `key` is permanent: calendars know the session by it. What `splits` may go on after a pause or the next day.
    """

    key: str
    kind: Kind
    minutes: int
    module: str = ""
    activity: str = ""
    splits: bool = False


@dataclass(frozen=True)
class Session:
    """A part, or a piece of it (`piece` of `pieces`), with its time."""

    part: Part
    begin: datetime
    end: datetime
    piece: int = 1
    pieces: int = 1

    @property
    def minutes(self) -> int:
        return int((self.end - self.begin).total_seconds()) // 60


@dataclass(frozen=True)
class Day:
    """A day of the course, its sessions in order: a half-day with its breaks and what closes it."""

    number: int
    date: date
    halves: tuple[tuple[Session, ...], ...]

    @property
    def sessions(self) -> tuple[Session, ...]:
        return tuple(session for half in self.halves for session in half)


@dataclass(frozen=True)
class Frame:
    """When the course begins, and how its days are made. Each day begins at the hour of the first.

    `days` is how many there may be at most; None for as many as are needed. On `skip` nothing is held, nor on
    Saturdays and Sundays.
    """

    start: datetime
    end: time = time(16, 30)
    lunch: time = time(12, 0)
    lunch_minutes: int = 60
    break_minutes: int = 15
    days: int | None = None
    half_days: bool = False
    skip: frozenset[date] = frozenset()


@dataclass(frozen=True)
class _Half:
    """A stretch of a day, in minutes since midnight; lunch follows it or not."""

    begin: int
    end: int
    breaks: int
    break_minutes: int
    before_lunch: bool

    @property
    def room(self) -> int:
        return self.end - self.begin - self.breaks * self.break_minutes


@dataclass
class _Work:
    """A part and how much of it has not been laid yet."""

    part: Part
    left: int


_Piece = tuple[Part, int]


def timetable(parts: Iterable[Part], frame: Frame) -> tuple[Day, ...]:
    """Days with sessions, in order.

    Activities are kept whole; only where the days asked for would otherwise not do are they cut.

    Raises:
        CannotGoOn: the day has no room, or the parts do not fit the days; it says how many minutes are over.
    """
    parts = tuple(parts)
    halves = _halves(frame)
    _check_start(frame)
    days, over = _laid(parts, halves, frame.days or _MOST_DAYS)
    if over:
        days, over = _laid(tuple(replace(part, splits=True) for part in parts), halves, frame.days or _MOST_DAYS)
    if over:
        raise _too_much(parts, halves, frame, over)
    return _dated(days, halves, frame)


def session_days(frame: Frame) -> Iterator[date]:
    """The days on which a course of this frame can be held, from its first on."""
    day = frame.start.date()
    while True:
        if day.weekday() < 5 and day not in frame.skip:
            yield day
        day += timedelta(days=1)


def _check_start(frame: Frame) -> None:
    day = frame.start.date()
    if day != next(session_days(frame)):
        th, en = format_date(day, "th"), format_date(day, "en")
        raise CannotGoOn(
            f"วันแรก ({th}) เป็นวันเสาร์ วันอาทิตย์ หรือวันที่สั่งให้เว้น: เลือกวันอื่นใน --start",
            f"the first day ({en}) is a Saturday, a Sunday or a day to skip: choose another in --start",
        )


def _halves(frame: Frame) -> tuple[_Half, ...]:
    """What a day of the course consists of."""
    begin, end, lunch = _minute(frame.start.time()), _minute(frame.end), _minute(frame.lunch)
    after = lunch + frame.lunch_minutes
    if begin >= lunch or end <= lunch:
        spans = [(begin, end)]
    elif frame.half_days:
        spans = [(begin, lunch)]
    else:
        spans = [(begin, lunch), (after, end)]
    for first, last in spans:
        if last - first < _SMALLEST_HALF:
            raise CannotGoOn(
                f"ช่วง {_clock(first)}-{_clock(last)} น. สั้นกว่า {_SMALLEST_HALF} นาที: แก้ --start, --lunch หรือ --end",
                f"from {_clock(first)} to {_clock(last)} is less than {_SMALLEST_HALF} minutes: "
                "change --start, --lunch or --end",
            )
    return tuple(_half(first, last, frame.break_minutes, len(spans) == 2 and last == lunch) for first, last in spans)


def _half(begin: int, end: int, break_minutes: int, before_lunch: bool) -> _Half:
    breaks = -(-(end - begin) // _STRETCH) - 1 if break_minutes else 0
    return _Half(begin, end, breaks, break_minutes, before_lunch)


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24:02}:{minute % 60:02}"


def _laid(parts: tuple[Part, ...], halves: tuple[_Half, ...], days: int) -> tuple[list[list[list[_Piece]]], int]:
    """The pieces of each half of each day, and how many minutes found no place."""
    queue = [_Work(part, part.minutes) for part in parts if part.minutes]
    laid: list[list[list[_Piece]]] = []
    while queue and len(laid) < days:
        laid.append([_fill(queue, half) for half in halves])
    return laid, sum(work.left for work in queue)


def _fill(queue: list[_Work], half: _Half) -> list[_Piece]:
    """Take from the queue what a half-day holds; what room is left while work waits is a reserve."""
    pieces: list[_Piece] = []
    room, left = half.room, sum(work.left for work in queue)
    if half.before_lunch and room < left <= room + _LATE:
        room = left
    while queue and room:
        cut = not pieces or (half.before_lunch and room >= _LONG_RESERVE)
        taken = _taken(queue[0], room, cut=cut) or (0 if pieces else room)
        if not taken:
            break
        work = queue[0]
        pieces.append((work.part, taken))
        room -= taken
        work.left -= taken
        if not work.left:
            queue.pop(0)
    if queue and room:
        pieces.append((Part("reserve", "reserve", room, splits=True), room))
    return pieces


def _taken(work: _Work, room: int, *, cut: bool) -> int:
    """How many minutes of it are laid into this room; whether it may be `cut` even if it is of those kept whole."""
    if work.left <= room:
        return work.left
    if not (work.part.splits or cut):
        return 0
    taken = min(room, work.left - SHORTEST)
    return taken if taken >= SHORTEST else 0


def _too_much(parts: tuple[Part, ...], halves: tuple[_Half, ...], frame: Frame, over: int) -> CannotGoOn:
    needed = len(_laid(parts, halves, _MOST_DAYS)[0])
    asked, total = frame.days or _MOST_DAYS, sum(part.minutes for part in parts)
    return CannotGoOn(
        f"เนื้อหาเกินเวลาไป {over} นาที: รวม {total} นาที ไม่พอใน {asked} วัน "
        f"ให้เลือกหน่วยหรือกิจกรรมน้อยลงใน --modules หรือใช้ --days {needed}",
        f"{over} minutes too many: {total} minutes do not go into {asked} {'day' if asked == 1 else 'days'}; "
        f"choose fewer modules or activities in --modules, or take --days {needed}",
    )


def _dated(laid: list[list[list[_Piece]]], halves: tuple[_Half, ...], frame: Frame) -> tuple[Day, ...]:
    days: list[Day] = []
    for number, (day, pieces) in enumerate(zip(session_days(frame), laid, strict=False), start=1):
        last = number == len(laid)
        filled = [
            _timed(day, half, row, ends=last and not any(pieces[index + 1 :]))
            for index, (half, row) in enumerate(zip(halves, pieces, strict=True))
            if row
        ]
        days.append(Day(number, day, tuple(_with_lunch(filled))))
    return _numbered(days)


def _timed(day: date, half: _Half, pieces: list[_Piece], *, ends: bool) -> tuple[Session, ...]:
    """The pieces of a half-day with their breaks and times. Where the course `ends`, breaks may be fewer."""
    work = sum(minutes for _, minutes in pieces)
    breaks = min(half.breaks, max(0, -(-work // _WORK_WITHOUT_BREAK) - 1)) if ends else half.breaks
    cut = _cut(pieces, [_wanted(index, breaks, work) for index in range(1, breaks + 1)], half.break_minutes)
    sessions, now = [], datetime.combine(day, time()) + timedelta(minutes=half.begin)
    for part, minutes in cut:
        end = now + timedelta(minutes=minutes)
        sessions.append(Session(part, now, end))
        now = end
    return tuple(sessions)


def _wanted(index: int, breaks: int, work: int) -> int:
    """After how many minutes of work a break is best."""
    return round(work * index / (breaks + 1) / _STEP) * _STEP


def _cut(pieces: list[_Piece], wanted: list[int], pause: int) -> list[_Piece]:
    """The pieces with a break near each wanted minute: between two of them where that is near enough."""
    borders = list(accumulate(minutes for _, minutes in pieces))[:-1]
    near = min([_NEAR, *(minute // 3 for minute in wanted[1:])])  # two breaks must not meet
    places = [_place(borders, minute, near) for minute in wanted]
    result: list[_Piece] = []
    done = 0
    for part, minutes in pieces:
        inside = [at for at in places if done <= at < done + minutes and at > 0]
        begin = done
        for at in inside:
            if at > begin:
                result.append((part, at - begin))
            result.append((Part("break", "break", pause), pause))
            begin = at
        result.append((part, done + minutes - begin))
        done += minutes
    return result


def _place(borders: list[int], minute: int, near: int) -> int:
    """The border nearest to this minute, or the minute itself where none is near."""
    return min((at for at in borders if abs(at - minute) <= near), key=lambda at: abs(at - minute), default=minute)


def _with_lunch(halves: list[tuple[Session, ...]]) -> Iterator[tuple[Session, ...]]:
    """Half-days; lunch closes the first one of a whole day."""
    for half, following in zip(halves, [*halves[1:], None], strict=True):
        if following is None:
            yield half
            continue
        begin, end = half[-1].end, following[0].begin
        minutes = int((end - begin).total_seconds()) // 60
        yield (*half, Session(Part("lunch", "lunch", minutes), begin, end))


def _numbered(days: list[Day]) -> tuple[Day, ...]:
    """The same days, with each piece of a part that was cut bearing its number."""
    counts: dict[str, int] = {}
    for session in (session for day in days for session in day.sessions):
        counts[session.part.key] = counts.get(session.part.key, 0) + 1
    seen: dict[str, int] = {}

    def number(session: Session) -> Session:
        key = session.part.key
        seen[key] = seen.get(key, 0) + 1
        return replace(session, piece=seen[key], pieces=counts[key])

    return tuple(replace(day, halves=tuple(tuple(map(number, half)) for half in day.halves)) for day in days)
