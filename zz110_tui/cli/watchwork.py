"""The work behind ``zz110 watch``: facts, alarms and answers, one line each, never drawn over."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from zz110_tui.cli import output
from zz110_tui.cli.bells import bell_of
from zz110_tui.cli.dowork import end_gently
from zz110_tui.cli.exits import OK, ended_by
from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.lineanswers import LineAnswer, Teller
from zz110_tui.cli.lines import Incoming
from zz110_tui.cli.surroundings import look_around
from zz110_tui.cli.wiring import Room, open_room
from zz110_tui.client.replica import Replica
from zz110_tui.client.states import LinkState
from zz110_tui.core.alarms import Alarm, of_incident, of_report
from zz110_tui.core.cleaning import visible
from zz110_tui.core.facts import AlarmRaised, Entry
from zz110_tui.core.incidents import IncidentStage, ReportStage
from zz110_tui.core.trouble import Trouble
from zz110_tui.language.describing import title
from zz110_tui.language.readers import alarm_words
from zz110_tui.language.saying import tell, tell_fact
from zz110_tui.language.saying_alarms import alarm_key_words
from zz110_tui.language.scene import Scene, zone
from zz110_tui.station.bell import RINGS, Bell, alarm_of

LEAVE = frozenset({"quit", "exit", "q", "退出"})
REJOIN_S = 1.0
BEL = "\a"


def watch_room(invocation: Invocation, *, as_json: bool, reads: bool, remind_s: int, bell: bool) -> int:
    """The exit code: 0 when the input ended or the person left, else that of the signal."""
    around = look_around(invocation)

    async def watch() -> int:
        async with open_room(around, "keyboard" if reads else "cli") as room:
            return await _Watch(room, as_json, bell and not as_json).run(reads, remind_s)

    return asyncio.run(watch())


class _Watch:
    def __init__(self, room: Room, as_json: bool, bell: bool) -> None:
        self._room = room
        self._as_json = as_json
        rules = bell_of(room.around.loaded.settings.alarms)
        self._bell = Bell(rules, room.actor.desk) if bell and rules.on else None
        self._board = room.board

    async def run(self, reads: bool, remind_s: int) -> int:
        incoming = Incoming(sys.stdin.fileno(), sys.stdin.encoding or "utf-8") if reads else None
        stopped = asyncio.Event()
        came = end_gently(stopped.set if incoming is None else incoming.stop)
        self._room.link.on_state = self._link_changed
        follow = asyncio.create_task(self._follow(), name="zz110-watch")
        remind = asyncio.create_task(self._remind(remind_s), name="zz110-remind")
        listen = asyncio.create_task(self._listen(incoming) if incoming else stopped.wait(), name="zz110-listen")
        try:
            # A fault in the following ends the watch: a silent one would be taken for a quiet room.
            done, _ = await asyncio.wait((follow, listen), return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in (follow, remind, listen):
                task.cancel()
            await asyncio.gather(follow, remind, listen, return_exceptions=True)
        return ended_by(came) if came else OK

    # -- what happens ----------------------------------------------------------------------------------------------

    async def _follow(self) -> None:
        """Everything from now on, after what is open now; joined again where a gap came between."""
        while True:
            try:
                feed = await self._room.link.join()
            except Trouble as trouble:
                self._trouble(trouble)
                await asyncio.sleep(REJOIN_S)
                continue
            replica = Replica(feed.image)
            self._board = replica.board
            self._open_now()
            with contextlib.suppress(ValueError):  # a gap: what is open is said again
                async for batch in feed:
                    before = dict(replica.board.alarms)
                    seen = replica.position
                    replica.apply(batch)
                    self._happened([entry for entry in batch if entry.position > seen], before)
            feed.close()

    def _happened(self, entries: Iterable[Entry], before: dict[str, Alarm]) -> None:
        scene = self._scene()
        ringing: set[str] = set()
        for entry in entries:
            rings = self._rings(entry)
            if isinstance(entry.fact, AlarmRaised):
                ringing |= {alarm_of(entry.fact)} if rings else set()
                continue  # said below, as the alarm that it is
            if rings:
                sys.stdout.write(BEL)
            if self._as_json:
                output.line({"what": "fact", **self._room.pen.told(entry, tell_fact(entry.fact, scene))})
            else:
                self._line(tell(entry, scene))
        for key, alarm in self._board.alarms.items():
            if key not in before:
                self._alarm(alarm, scene, new=True, rings=key in ringing)
        for key in before:
            if key not in self._board.alarms:
                words = scene.say("警报解除", "alarm over:")
                self._say(
                    "alarm_over", {"alarm": key}, f"{scene.clock(scene.now)} {words} {alarm_key_words(key, scene)}"
                )
        output.flush()

    def _rings(self, entry: Entry) -> bool:
        """By the rules of the desk: priority, quiet hours, the gap between two, nothing for what was done here."""
        fact = entry.fact
        if self._bell is None or not isinstance(fact, RINGS):
            return False
        alarm = self._board.alarms.get(alarm_of(fact))
        return self._bell.hears(entry, alarm, self._here(), self._room.link.now())

    def _here(self) -> datetime:
        return datetime.fromtimestamp(self._room.link.now() / 1000, zone(self._room.timezone))

    def _alarm(self, alarm: Alarm, scene: Scene, *, new: bool, rings: bool = False) -> None:
        mark = "!!" if alarm.priority == 1 or alarm.latched else "!"
        if rings:
            sys.stdout.write(BEL)
        since = scene.clock(alarm.since)
        owner = scene.say(f"席位{alarm.owner} 已认领", f"taken by desk {alarm.owner}") if alarm.owner else ""
        words = " ".join(filter(None, (mark, scene.clock(scene.now), _alarm_words(alarm, scene), since, owner)))
        self._say("alarm" if new else "alarm_again", self._room.pen.alarm(alarm), words)

    async def _remind(self, every_s: int) -> None:
        """Nothing that wants a hand scrolls away for good."""
        while every_s:
            await asyncio.sleep(every_s)
            scene = self._scene()
            alarms = [alarm for alarm in self._board.alarms.values() if alarm.untaken]
            rings = self._bell is not None and self._bell.reminds(alarms, self._here(), self._room.link.now())
            for i, alarm in enumerate(alarms):
                self._alarm(alarm, scene, new=False, rings=rings and i == 0)
            output.flush()

    def _open_now(self) -> None:
        """What waits and what goes on, the most urgent first: the room as somebody finds it who comes in."""
        scene = self._scene()
        reports = [r for r in self._board.reports.values() if r.stage is not ReportStage.ENDED]
        incidents = [i for i in self._board.incidents.values() if i.stage is not IncidentStage.CLOSED]
        alarms = len(self._board.alarms)
        counts = scene.say(
            f"未办结来电 {len(reports)}，警情 {len(incidents)}，警报 {alarms}",
            f"{len(reports)} reports, {len(incidents)} incidents and {alarms} alarms are open",
        )
        document = {"reports": len(reports), "incidents": len(incidents), "alarms": alarms}
        self._say("open", {**document, "position": self._board.position}, f"{scene.clock(scene.now)} {counts}")
        subjects = [of_report(r.number) for r in sorted(reports, key=lambda r: r.received_at)]
        subjects += [of_incident(i.number) for i in sorted(incidents, key=lambda i: (i.priority, i.received_at))]
        for subject in subjects:
            words = visible(title(subject, scene))
            self._say("open_one", {"subject": str(subject), "says": words}, f"  {words}")
        for alarm in self._board.alarms.values():
            self._alarm(alarm, scene, new=False)
        output.flush()

    def _link_changed(self, state: LinkState) -> None:
        around = self._room.around
        if state.connected:
            words = around.say("!! 与核心的链路已恢复", "!! the link to the core is back")
        else:
            words = around.say(
                "!! 与核心的链路中断：以下各行不会送出", "!! the link to the core is lost: lines are not sent"
            )
        self._say("link", {"connected": state.connected}, words)
        output.flush()

    # -- what is typed ---------------------------------------------------------------------------------------------

    async def _listen(self, incoming: Incoming) -> None:
        teller = Teller(self._room)
        async for line in incoming:
            if line.text.strip().casefold() in LEAVE:
                return
            if line.is_blank:
                continue
            try:
                self._answered(await teller.do(line))
            except Trouble as trouble:
                self._trouble(trouble)

    def _answered(self, given: LineAnswer) -> None:
        """What was accepted is said by its facts; the rest is answered here."""
        if self._as_json:
            output.line({"what": "answer", **given.document(self._scene())})
        elif given.status == "told":
            for words in given.words:
                self._line(f"= {words}")
        elif given.status != "accepted":
            for words in given.lines():
                self._line(f"> {words}")
        elif given.answer is not None and not given.answer.entries:
            self._line(f"= {' '.join(given.words)}")
        output.flush()

    def _trouble(self, trouble: Trouble) -> None:
        document = {"title": trouble.title, "cause": trouble.cause, "remedy": trouble.remedy}
        self._say("trouble", document, "  ".join(filter(None, ("!!", trouble.title, trouble.cause, trouble.remedy))))
        output.flush()

    # -- saying ----------------------------------------------------------------------------------------------------

    def _scene(self) -> Scene:
        return replace(self._room.scene(), board=self._board, now=max(self._room.link.now(), self._board.at))

    def _say(self, what: str, document: Mapping[str, object], words: str) -> None:
        if self._as_json:
            output.line({"what": what, **document})
        else:
            self._line(words)

    def _line(self, words: str) -> None:
        output.text(visible(words))


def _alarm_words(alarm: Alarm, scene: Scene) -> str:
    about = title(alarm.subject, scene)
    return f"{alarm_words(scene, alarm.key)}  {about}" if about else alarm_words(scene, alarm.key)
