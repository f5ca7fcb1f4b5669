"""Refusals: an expected "no", with a stable code, the values its sentence needs, and what to do instead.

A refusal changes nothing. The sentences are the room's own words, in Chinese and English; tests check that every code
has both and that every value a sentence names is given.
"""

from __future__ import annotations

from dataclasses import dataclass

from zz110_tui.core.refusals_matters import MATTER_SENTENCES
from zz110_tui.core.rulebook import Words
from zz110_tui.core.sentences import Sentence
from zz110_tui.core.sentences import no as _no
from zz110_tui.core.terms import speaker_words, word


@dataclass(frozen=True, slots=True)
class Refusal:
    """``values`` are (name, text) pairs; a text made by ``terms.key_of`` is translated when said. ``{who}`` of a
    sentence is the desk and the person among them, in words."""

    code: str
    values: tuple[tuple[str, str], ...] = ()

    def sentence(self, language: str) -> str:
        """Why not."""
        return self._say(SENTENCES[self.code].why, language)

    def remedy(self, language: str) -> str:
        """What to do instead."""
        return self._say(SENTENCES[self.code].instead, language)

    def _say(self, words: Words, language: str) -> str:
        given = {name: word(text, language) for name, text in self.values}
        given["who"] = speaker_words(given.get("desk", ""), given.get("person", ""), language)
        return words.in_(language).format_map(given)


SENTENCES: dict[str, Sentence] = {
    "desk_locked": _no(
        "席位{desk} 已由 {person} 锁屏",
        "desk {desk} is locked by {person}",
        "由其本人解锁 unlock，或由指挥席位释放：free {desk} / 理由",
        "who locked it unlocks it (unlock), or a supervisor frees the seat: free {desk} / reason",
    ),
    "desk_not_locked": _no("席位{desk} 没有锁屏", "desk {desk} is not locked", "不必释放", "there is nothing to free"),
    "desk_not_staffed": _no("席位{desk} 无人在岗", "nobody sits at desk {desk}", "先上岗", "staff it first"),
    "same_person": _no(
        "{person} 就是现在的在席人员", "{person} sits here already", "写接班人的姓名", "name who takes over"
    ),
    "hand_over_empty": _no(
        "没有写接班人，也没有交代的话",
        "neither who takes over nor a note is given",
        "写 ho 姓名 / 交代的话",
        "write ho NAME / note",
    ),
    "nothing_to_read": _no("本席位没有未阅的交接", "no hand-over note waits here", "不必已阅", "nothing to do"),
    "own_notes": _no(
        "交接是 {person} 自己写的，要由接班人已阅",
        "{person} wrote these notes: the next one reads them",
        "由接班人操作",
        "let who takes over do it",
    ),
    "time_missing": _no(
        "没有写时间 {step}=",
        "the time {step}= is missing",
        "照纸上写，如 {step}=14:32",
        "copy it, such as {step}=14:32",
    ),
    "too_long_ago": _no(
        "{time} 已是 {days} 天以前",
        "{time} is more than {days} days ago",
        "更早的纸单归档，不再补录",
        "older paper goes to the archive",
    ),
    "paper_known": _no(
        "纸单 {paper} 已补录为警情 {incident}",
        "paper {paper} was entered as incident {incident}",
        "不必再录；有错先 undo",
        "no need to enter it again; undo it first if it is wrong",
    ),
    "paper_end_missing": _no(
        "写了处毕时间而没有处置结果",
        "a time of clearing is given and no disposition",
        "写处置结果，如 调解",
        "give one, such as mediated",
    ),
    "unit_busy_then": _no(
        "{unit} 那时在警情 {incident} 上",
        "{unit} was on incident {incident} then",
        "核对纸单的警力与时间",
        "check the paper's units and times",
    ),
    "not_yours_to_do": _no(
        "席位职责“{duty}”不能做这一步",
        "the duty “{duty}” may not do this",
        "请有此职责的席位操作",
        "ask a desk whose duty it is",
    ),
    "changed_meanwhile": _no(
        "{subject} 在你看到之后已被{who} 更改：{what} {detail}",
        "{subject} was changed after what you saw, by {who}: {what} {detail}",
        "看清现在的情况，再发一次",
        "look at it as it is now and send again",
    ),
    "no_such_report": _no(
        "没有接警 {report}",
        "there is no report {report}",
        "用 find 查找，或看待接队列",
        "use find, or look in the queue",
    ),
    "no_such_incident": _no(
        "没有在办警情 {incident}",
        "there is no live incident {incident}",
        "用 find 查找；已归档的警情只能查看",
        "use find; a filed incident can only be shown",
    ),
    "no_such_unit": _no(
        "没有警力 {unit}", "there is no unit {unit}", "看警力板上的呼号", "see the unit board for call signs"
    ),
    "no_unit_named": _no("没有指明警力", "no unit is named", "写出呼号，如 d 07 142", "name one, such as d 07 142"),
    "no_such_type": _no(
        "没有警情类别 {type}", "there is no incident type {type}", "用 ? n 看类别表", "see the list of types with ? n"
    ),
    "no_such_disposition": _no(
        "没有处置结果 {disposition}",
        "there is no disposition {disposition}",
        "用 ? cl 看处置结果表",
        "see the list with ? cl",
    ),
    "no_such_receiver": _no(
        "没有移交去向 {receiver}", "there is no receiver {receiver}", "用 ? tr 看去向表", "see the list with ? tr"
    ),
    "no_such_alarm": _no(
        "没有警报 {alarm}，可能已经解除",
        "there is no alarm {alarm}; it may have ended",
        "看警报行",
        "see the alarm rows",
    ),
    "bad_priority": _no("没有 {priority} 级警情", "there is no priority {priority}", "用 1 到 4", "use 1 to 4"),
    "bad_time": _no(
        "时间 {time} 不在{after}与现在之间",
        "the time {time} is not between {after} and now",
        "补录写实际时间，不能晚于现在",
        "enter when it really happened, not later than now",
    ),
    "place_missing": _no(
        "没有地点", "no place is given", "写 @ 和地点，如 @胜利路x延安路", "write @ and a place, such as @胜利路x延安路"
    ),
    "text_too_long": _no(
        "文字超过 {limit} 字",
        "the text is longer than {limit} characters",
        "缩短，或分几条备注",
        "shorten it, or use several notes",
    ),
    "reason_missing": _no("没有说明理由", "no reason is given", "在 / 后写明理由", "write the reason after /"),
    "already_received": _no(
        "此来源已收到，即接警 {report}",
        "this was received before, as report {report}",
        "不必重发",
        "no need to send it again",
    ),
    "report_taken": _no(
        "接警 {report} 已由{who} 接起",
        "report {report} was answered by {who}",
        "接下一个待接来电",
        "answer the next one waiting",
    ),
    "report_over": _no(
        "接警 {report} 已结束：{end}",
        "report {report} has ended: {end}",
        "查看其警情，或另立新警情",
        "look at its incident, or open a new one",
    ),
    "incident_over": _no(
        "警情 {incident} 现为“{stage}”，不能再做这一步",
        "incident {incident} is “{stage}”: this step is not possible now",
        "需要时先重开：reopen {incident} / 理由",
        "reopen it first if need be: reopen {incident} / reason",
    ),
    "wrong_stage": _no(
        "警情 {incident} 现为“{stage}”，还到不了这一步",
        "incident {incident} is “{stage}”: it is too early for this step",
        "先完成前一步：{first}",
        "do the step before it first: {first}",
    ),
    "unit_busy": _no(
        "{unit} 正在警情 {incident}（{stage}），{who} 所派",
        "{unit} is on incident {incident} ({stage}), sent by {who}",
        "换一个警力；或 stack=yes 续派、pre 抽调、x 换警",
        "take another unit; or stack=yes, pre-empt (pre), exchange (x)",
    ),
    "unit_not_on_duty": _no(
        "{unit} 现为“{status}”",
        "{unit} is “{status}”",
        "先 on {unit} 上勤或 av {unit} 恢复",
        "first on {unit}, or av {unit}",
    ),
    "unit_already_there": _no(
        "{unit} 已在警情 {incident}", "{unit} is already on incident {incident}", "不必再派", "no need to send it again"
    ),
    "unit_not_assigned": _no(
        "{unit} 不在任何警情上",
        "{unit} is on no incident",
        "先派警：d {unit} 警情号",
        "dispatch it first: d {unit} incident",
    ),
    "unit_not_on_incident": _no(
        "{unit} 不在警情 {incident} 上",
        "{unit} is not on incident {incident}",
        "看警情详情中的警力",
        "see the incident's units",
    ),
    "step_not_possible": _no(
        "{unit} 在警情 {incident} 现为“{stage}”，不能{wanted}",
        "{unit} is “{stage}” on incident {incident}: it cannot become “{wanted}”",
        "看其时间线；按错可 undo",
        "see its times; undo takes back a slip of the finger",
    ),
    "nobody_on_scene": _no(
        "警情 {incident} 还没有警力到场",
        "nobody is on scene at incident {incident}",
        "先报到场 os；报警人撤销用 can {incident} / 理由",
        "report arrival first (os); if called off: can {incident} / reason",
    ),
    "somebody_on_scene": _no(
        "{unit} 已在警情 {incident} 现场",
        "{unit} is on scene at incident {incident}",
        "用 cl {incident} 处置结果 处毕",
        "clear it with a disposition: cl {incident} disposition",
    ),
    "disposition_missing": _no(
        "{unit} 是警情 {incident} 最后的警力，没有处置结果",
        "{unit} is the last unit on incident {incident}: no disposition is given",
        "写处置结果，如 cl {incident} 调解",
        "give one, such as cl {incident} mediated",
    ),
    "others_still_there": _no(
        "警情 {incident} 还有 {others}，不能就此定处置结果",
        "{others} still works on incident {incident}: it cannot end yet",
        "只撤 {unit}：不写处置结果；全部处毕：cl {incident} 处置结果",
        "to release {unit} alone give no disposition; to end it for all: cl {incident} disposition",
    ),
    "units_still_there": _no(
        "警情 {incident} 上还有 {others}",
        "{others} is still on incident {incident}",
        "先 av 撤回或 x 换警",
        "stand them down (av) or exchange them (x) first",
    ),
    "already_free": _no("{unit} 本来就空闲", "{unit} is already free", "不必再报", "nothing to do"),
    "status_not_possible": _no(
        "{unit} 现为“{status}”，不能转为“{wanted}”",
        "{unit} is “{status}” and cannot become “{wanted}”",
        "看警力板",
        "see the unit board",
    ),
    "same_unit": _no(
        "换警要两个不同的警力", "an exchange needs two different units", "写两个呼号", "name two call signs"
    ),
    "not_more_urgent": _no(
        "警情 {incident}（{priority}级）不比 {unit} 正处的 {current}（{current_priority}级）更急",
        "incident {incident} (priority {priority}) is not more urgent than {current} (priority {current_priority}), "
        "where {unit} is",
        "换一个警力，或先 up {incident}",
        "take another unit, or raise it first: up {incident}",
    ),
    "not_held": _no("警情 {incident} 没有挂起", "incident {incident} is not on hold", "不必解除", "nothing to release"),
    "same_incident": _no(
        "不能关联到自己", "an incident cannot be linked to itself", "写另一个警情号", "name another incident"
    ),
    "linked_elsewhere": _no(
        "警情 {incident} 已关联到 {to}", "incident {incident} is itself linked to {to}", "关联到 {to}", "link to {to}"
    ),
    "not_linked": _no(
        "警情 {incident} 没有关联到别的警情",
        "incident {incident} is not linked to another",
        "看警情详情",
        "see the incident",
    ),
    "no_such_question": _no(
        "警情 {incident} 的问询要点里没有 {question}",
        "incident {incident} has no question {question}",
        "q 看下一问；? 类别 看全部问题",
        "q shows the next one; ? and the type shows them all",
    ),
    "answer_missing": _no(
        "没有写答复", "no answer is given", "写 y、n、不详、跳过，或 / 内容", "y, n, dk, skip, or / words"
    ),
    "no_web_link": _no(
        "这不是可以保存的网址",
        "this is no address that can be kept",
        "写 http:// 或 https:// 开头的网址，只用英文字母、数字和符号，不太长，不带用户名",
        "one that begins with http:// or https://, of plain letters, not too long, without a user name",
    ),
    "links_full": _no(
        "附件已有 {limit} 个", "there are {limit} links already", "写进备注 nt", "put it into a note: nt"
    ),
    "needs_words": _no(
        "这一问不是“是不是”，要写内容", "this question takes more than yes or no", "写 q / 内容", "write q / words"
    ),
    "nothing_proposed": _no(
        "警情 {incident} 现为 {priority} 级，答复没有别的建议",
        "incident {incident} has priority {priority}, and the answers propose no other",
        "人工定级用 up、dn",
        "to set it by hand use up and dn",
    ),
    "no_such_step": _no(
        "警情 {incident} 的处置清单里没有 {step}",
        "the checklist of incident {incident} has no step {step}",
        "st 看清单",
        "st shows the checklist",
    ),
    "alarm_yours": _no("此警报已由你认领", "you already own this alarm", "处理其原因", "deal with its cause"),
    "alarm_not_due": _no("没有这样的超时", "nothing is late there", "不必处理", "nothing to do"),
    "alarm_never_shelved": _no(
        "{alarm} 不能搁置：一级、紧急求助、未接来电、久无联络都不行",
        "{alarm} cannot be shelved: priority 1, an emergency, an unanswered call, a silent unit never can",
        "认领并处理其原因：take",
        "take it and deal with its cause: take",
    ),
    "shelf_too_long": _no(
        "搁置最长 {minutes} 分钟，到时自行返回",
        "an alarm may be shelved for {minutes} minutes at most; then it comes back by itself",
        "写短些，如 for=10m",
        "write less, such as for=10m",
    ),
    "alarm_not_shelved": _no(
        "此警报没有搁置", "this alarm is not shelved", "不必取回", "there is nothing to take back"
    ),
    "alarm_changed": _no(
        "{alarm} 此后已变，不能撤销",
        "{alarm} has changed since: it cannot be undone",
        "看警报 :pane supervisor",
        "see the alarms: :pane supervisor",
    ),
    "shelf_over": _no(
        "{alarm} 的搁置时限已过",
        "the time {alarm} was shelved for is over",
        "仍需搁置就重新搁置：shelve",
        "shelve it again if it still has to wait: shelve",
    ),
    "alarm_not_latched": _no(
        "此警报随原因消除而解除，不能手工清除",
        "this alarm ends with its cause and cannot be cleared by hand",
        "认领它并处理原因",
        "take it and deal with its cause",
    ),
    "nothing_to_undo": _no(
        "没有可撤销的步骤", "there is no step to take back", "看本席位最近的操作", "see this desk's last steps"
    ),
    "undo_overtaken": _no(
        "不能撤销：{subject} 之后又有变动（{who}：{what}）",
        "cannot undo: {subject} has changed since ({who}: {what})",
        "用一条新命令改正",
        "correct it with a new command",
    ),
    "already_at_post": _no(
        "{unit} 本来就在 {post}",
        "{unit} already stands at {post}",
        "不必移动",
        "nothing to do",
    ),
    "filled_in_already": _no(
        "{who} 已让 {unit} 去 {post}",
        "{who} has sent {unit} to {post} already",
        "不必再派",
        "nothing to do",
    ),
    "unit_named_twice": _no(
        "{unit} 写了两次：一个警力只能去一处",
        "{unit} is named twice: a unit can go to one place only",
        "每个警力写一次",
        "name each unit once",
    ),
    "ring_too_large": _no(
        "围堵点超过 {most} 处",
        "a ring has at most {most} places",
        "缩小范围，或分几次",
        "make it smaller, or close it in parts",
    ),
    "city_differs": _no(
        "此库属于城市 {city}",
        "this store belongs to the city {city}",
        "用另一个库：--store 路径",
        "use another store: --store PATH",
    ),
    **MATTER_SENTENCES,
}
