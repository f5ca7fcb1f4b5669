"""The desk's own words, Chinese and English. Coded values have theirs in ``core.terms``, commands in ``language``."""

from __future__ import annotations

from zz110_tui.core.incidents import AssignmentStage, IncidentStage
from zz110_tui.core.orders import ErrandStage
from zz110_tui.core.rulebook import Words
from zz110_tui.core.units import UnitKind, UnitStatus
from zz110_tui.station.words_next import NEXT

WORDS: dict[str, Words] = {
    # The top line
    "live": Words("实战 LIVE", "LIVE"),
    "drill": Words("演练 DRILL", "DRILL"),
    "desk": Words("席位{desk}", "desk {desk}"),
    "to_answer": Words("待接 {n}", "to answer {n}"),
    "to_send": Words("待派 {n}", "to send {n}"),
    "working": Words("处置 {n}", "working {n}"),
    "to_answer_short": Words("接{n}", "ans {n}"),
    "to_send_short": Words("派{n}", "queue {n}"),
    "working_short": Words("处{n}", "work {n}"),
    "rate": Words("5分到场 {rate} [{low},{high}]", "5 min {rate} [{low},{high}]"),
    "rate_short": Words("5分 {rate}", "5' {rate}"),
    "cover": Words("覆盖 {share}", "cover {share}"),
    "cover_holes": Words("覆盖 {share} 空缺{n}", "cover {share} {n} holes"),
    "cover_short": Words("覆{share}", "cov {share}"),
    "ring_off": Words("收起快反圈 {name}", "rings of {name} hidden"),
    "area_off": Words("收起搜索圈", "search area hidden"),
    "no_rate": Words("5分到场 —", "5 min —"),
    "units": Words("警力 空{free} 途{route} 场{scene}", "units {free} free {route} going {scene} there"),
    "units_short": Words("空{free}途{route}场{scene}", "{free}f {route}r {scene}s"),
    "thin_line": Words("窄带 合并更新", "thin line, gathered"),
    "thin_line_short": Words("窄带", "thin"),
    "core_ok": Words("核心正常", "core ok"),
    "core_lost": Words("核心中断 {age}", "core lost {age}"),
    # The link to the core
    "stale": Words(
        "核心中断：所示为 {age} 前的情况，指令不会送出",
        "CORE LOST: what you see is {age} old; nothing is sent",
    ),
    "aged": Words("旧 {age}", "old {age}"),
    "lost_why": Words("原因：{why}", "why: {why}"),
    "lost_for_good": Words("不再自动重连：{why}", "not tried again: {why}"),
    "trying_ticket": Words("第 {n} 次重连：取登录票据", "attempt {n}: asking for a ticket"),
    "trying_line": Words("第 {n} 次重连：接线", "attempt {n}: opening the line"),
    "trying_welcome": Words("第 {n} 次重连：等核心应答", "attempt {n}: waiting for the core"),
    "trying_pause": Words("第 {n} 次重连未通，随即再试", "attempt {n} failed, trying again"),
    "core_back": Words("核心恢复：中断 {age}，情况已续上", "the core is back after {age}: what you see is current"),
    "prompt_lost": Words("未连", "OFFLINE"),
    "enter_loses": Words("核心中断，回车不会送出", "the core is lost: Enter does not send it"),
    "enter_keeps": Words(
        "核心中断：回车不会送出，存入待发箱", "the core is lost: Enter does not send it and keeps it in the outbox"
    ),
    # The lock
    "locked_seat": Words("席位{desk} {person} 已锁屏", "Desk {desk} {person} is locked"),
    "locked_since": Words("自 {at}（{age}）", "since {at} ({age})"),
    "locked_alarms": Words("警报 {n}，未认领 {free}", "{n} alarms, {free} that nobody owns"),
    "pin": Words("PIN", "PIN"),
    "pin_set": Words(
        "设解锁用的 PIN，至少 {least} 位，回车；Esc 不锁",
        "set a PIN to unlock with, {least} at least, Enter; Esc: do not lock",
    ),
    "pin_again": Words("再打一次，回车；Esc 不锁", "type it again, Enter; Esc: do not lock"),
    "pin_enter": Words(
        "打 PIN 回车解锁；忘了则 Ctrl+Q 退出后重新登录", "PIN and Enter unlock; forgotten: Ctrl+Q, and log in again"
    ),
    "pin_none": Words(
        "锁屏前没有设过 PIN：Ctrl+Q 退出后重新登录；或由指挥席位释放",
        "no PIN was set before: Ctrl+Q and log in again, or a supervisor frees it",
    ),
    "pin_short": Words("太短，至少 {least} 位", "too short: {least} at least"),
    "pin_differs": Words("两次不一样，重新设", "not the same twice: set it anew"),
    "pin_wrong": Words("PIN 不对", "the PIN is wrong"),
    "pin_wait": Words("错得太多，{left} 后再试", "too many wrong ones: again in {left}"),
    "handed_login": Words(
        "本席位已交给 {to}；核心按账号认人：Ctrl+Q 退出，由其用自己的账号登录",
        "This desk is {to}'s now; the core knows people by their account: Ctrl+Q, and log in with that one",
    ),
    "unmasked": Words("(明文)", "(unmasked)"),
    # The hand-over
    "handover": Words("交接班  席位{desk} {person}", "Hand-over  desk {desk} {person}"),
    "notes": Words("交接的话 {n} 条，未阅", "notes not read yet: {n}"),
    "notes_unread": Words("{who} 的交接还有 {n} 条未阅", "{n} hand-over notes by {who} are not read"),
    "notes_how": Words(":handover 看，rh 已阅", ":handover shows, rh when read"),
    "open_now": Words("现在未了 {n} 件", "{n} open now"),
    "open_then": Words(
        "当时 在接 {reports} 在办 {incidents} 警报 {alarms}",
        "then: reports {reports}, incidents {incidents}, alarms {alarms}",
    ),
    "how_to_hand": Words("ho 接班人 / 交代的话    交出席位", "ho NAME / note    hand the desk over"),
    "how_to_note": Words("ho / 交代的话          只留话", "ho / note         leave a note only"),
    "how_to_read": Words("rh                    已阅", "rh                the notes are read"),
    # The outbox
    "unsent": Words("待发箱有 {n} 条未送出", "outbox: {n} not sent"),
    "unsent_how": Words("Ctrl+R 逐条处理", "Ctrl+R: one by one"),
    "kept": Words("没有送出，已存入待发箱（共 {n} 条）", "not sent; kept in the outbox ({n} in it)"),
    "kept_flying": Words(
        "已发出而未得答复，存入待发箱，恢复后先查明（共 {n} 条）",
        "sent, and no answer came; kept in the outbox until it is known what became of it ({n} in it)",
    ),
    "outbox": Words("待发箱：{n} 条未送出", "Outbox: {n} not sent"),
    "outbox_keys": Words("Enter 发送  Tab 改  Delete 删  Esc 以后", "Enter sends  Tab edits  Delete drops  Esc later"),
    "outbox_empty": Words("待发箱是空的", "the outbox is empty"),
    "mark_unsent": Words("未送出", "NOT SENT"),
    "mark_flying": Words("待查明", "UNKNOWN"),
    "now_it_would": Words("现在：{words}", "now: {words}"),
    "changed_since": Words("打字以后的变化 {n} 条：", "changed since it was typed ({n}):"),
    "unchanged_since": Words("所涉警情、警力此后没有变化", "what it is about has not changed since"),
    "flying": Words(
        "断线时正在途中，尚不知核心执行了没有", "it was on its way when the link broke: not known if it was done"
    ),
    "flying_hint": Words("恢复后自动查明；也可回车再查", "found out when the core is back; Enter asks again"),
    "other_store": Words("这一行是对另一个案卷库打的，不能送出", "typed for another store: it cannot be sent here"),
    "other_store_hint": Words("Tab 改后再发，或 Delete 删去", "Tab to edit it, Delete to drop it"),
    "choose_unsent": Words("先用 Ctrl+R 打开待发箱，选一条", "open the outbox (Ctrl+R) and choose a line first"),
    "still_lost": Words("核心尚未恢复，没有送出", "the core is not back yet: not sent"),
    "dropped": Words("已删去，没有送出：{line}", "dropped, and never sent: {line}"),
    "was_done": Words("断线时那一条核心已执行，不再发送：{line}", "the core had done it, it is not sent again: {line}"),
    "was_not_done": Words(
        "断线时那一条核心没有执行，在待发箱中：{line}", "the core had not done it; it is in the outbox: {line}"
    ),
    # Sections of the list of work
    "section_answer": Words("待接警", "To answer"),
    "section_send": Words("待派警", "To send"),
    "section_working": Words("处置中", "Working"),
    "section_handled": Words("待反馈、办结", "To feed back, close"),
    "section_matters": Words("消息、指令、预警", "Messages, orders, warnings"),
    "more": Words("另 {n} 条", "{n} more"),
    "answered": Words("已接 {desk}", "taken {desk}"),
    "held": Words("挂起", "held"),
    "again": Words("重开", "again"),
    # Units
    "unit_board": Words("警力 {n}", "Units {n}"),
    "free_units": Words("空闲 {n}", "free {n}"),
    "at_post": Words("停靠", "post"),
    # Alarms
    "alarms": Words("警报 {n}", "Alarms {n}"),
    "alarms_shelved": Words("警报 {n} 搁置 {shelved}", "Alarms {n}, shelved {shelved}"),
    "no_alarms": Words("无警报", "no alarms"),
    "unowned": Words("未认领", "nobody"),
    "owner": Words("席位{desk} {age}前认领", "desk {desk} {age} ago"),
    "shelved": Words("席位{desk}搁置 余{left}", "shelved by desk {desk}, {left} left"),
    "risen": Words("升级 指挥席位{to}", "risen, for desk {to}"),
    "risen_alone": Words("升级 无指挥席", "risen, no supervisor"),
    "over": Words("超{span}", "over {span}"),
    "more_alarms": Words("另{n}条", "+{n}"),
    # The supervisor's page
    "supervisor": Words("指挥", "Supervisor"),
    "grids_units": Words("警区与警力", "Grids and units"),
    "late_now": Words("现在超时 {n}", "Late now {n}"),
    "coming": Words("{minutes} 分钟内将超时 {n}", "Late within {minutes} minutes {n}"),
    "beyond": Words("五分钟内无人能到 {n}", "Nobody gets there in five minutes {n}"),
    "on_shelf": Words("搁置 {n}", "On the shelf {n}"),
    "none": Words("无", "none"),
    "alarm_rate": Words("警报率", "Alarms"),
    "alarm_counts": Words(
        "未认领 {untaken} 升级 {risen} 搁置 {shelved} 满一小时 {long}；24小时 {day} 件，十分钟最多 {peak}",
        "untaken {untaken}, risen {risen}, shelved {shelved}, an hour old {long}; 24 h {day}, worst 10 min {peak}",
    ),
    "most_alarms": Words("最多", "most"),
    "chattering": Words("反复", "chattering"),
    "month_asked": Words("本月余量：正在查历史 …", "the month's budget: asking the history …"),
    "month_silent": Words(
        "本月余量：历史还没有答复，稍后再问", "the month's budget: the history does not answer yet; asked again soon"
    ),
    "month_absent": Words("本月余量：此处没有历史可查", "the month's budget: no history here"),
    "month_left": Words(
        "本月 {minutes} 分余量 {left}（迟 {late}，至今容许 {allowed}，{clock}）",
        "this month, {minutes} min: {left} left ({late} late, {allowed} allowed so far, {clock})",
    ),
    "month_over": Words(
        "本月 {minutes} 分已超支 {left}（迟 {late}，至今容许 {allowed}，{clock}）",
        "this month, {minutes} min: OVERDRAWN by {left} ({late} late, {allowed} allowed so far, {clock})",
    ),
    "clock_received": Words("接警起", "from received"),
    "clock_dispatched": Words("派警起", "from dispatched"),
    "first_there": Words("最快 {unit} 还要 {span}", "first {unit} in {span}"),
    "left_of_five": Words("五分钟还剩 {span}", "{span} of five minutes left"),
    "grids": Words("警区 {n}", "Grids {n}"),
    "grid_waiting": Words("待派{n:>2}", "wait{n:>2}"),
    "grid_working": Words("处置{n:>2}", "work{n:>2}"),
    "grid_free": Words("空闲{n:>2}", "free{n:>2}"),
    "since_at": Words("{at}起", "from {at}"),
    "sent_today": Words("今日{n:>2}次", "today{n:>2}"),
    # The wall
    "wall_untaken": Words("未认领警报 {n}", "alarms {n}"),
    # The map
    "map": Words("{city}  每格{scale}", "{city}  {scale} a column"),
    "schematic": Words("示意图", "schematic"),
    "no_map": Words("窗口太小，放不下地图", "the window is too small for a map"),
    # Detail
    "recent": Words("最近动态", "What happened last"),
    "select_hint": Words("PgDn 选择，Enter 看详情", "PgDn selects, Enter shows"),
    "nothing_to_select": Words("没有可选的警情", "there is nothing to select"),
    "callers": Words("报警人", "Callers"),
    "chronology": Words("经过", "What happened"),
    "questions": Words("问询要点", "Questions"),
    "checklist": Words("处置清单", "Checklist"),
    "chronology_latest": Words("经过（最近的在上）", "What happened, the latest first"),
    "questions_form": Words("问询要点（↓ 选，回车作答）", "Questions (Down chooses, Enter answers)"),
    "checklist_form": Words("处置清单（回车勾上）", "Checklist (Enter ticks)"),
    "links": Words("照片、视频", "Photographs, streams"),
    "today": Words("今天", "Today"),
    "worked": Words("派出 {n} 次，忙 {busy}", "sent out: {n}, busy for {busy}"),
    "tasks": Words("今日警情", "Sent to"),
    "been": Words("今天到过", "Where it has been today"),
    "near": Words("一公里内未了的警情", "Open within a kilometre"),
    "past_here": Words("此处 {days} 天内 {n} 起", "Here within {days} days: {n}"),
    "past_asked": Words("正在查历史", "the history is being asked"),
    "past_silent": Words(
        "历史还没有答复，稍后再问；以上是盘上的",
        "the history does not answer yet, and is asked again soon; this is what is still on the board",
    ),
    "past_absent": Words("此处没有历史可查，只有盘上的", "no history here: only what is still on the board"),
    "past_none": Words("没有", "none"),
    "recommended": Words("推荐警力", "Best"),
    "assigned": Words("派出警力", "Units sent"),
    "lead": Words("主", "lead"),
    "received": Words("接报", "received"),
    "opened": Words("立单", "opened"),
    "handled": Words("处毕", "handled"),
    "from_paper": Words("补录", "paper"),
    "from_paper_long": Words("补录，时间抄自纸单", "from paper, with the times on it"),
    "disposition": Words("处置结果", "disposition"),
    "satisfied": Words("回访满意", "satisfied"),
    "not_satisfied": Words("回访不满意", "not satisfied"),
    "linked_to": Words("关联到 {to}", "linked to {to}"),
    "receiver": Words("移交 {to}", "transferred to {to}"),
    "held_until": Words("挂起至 {at}", "held until {at}"),
    "priority": Words("{n}级", "priority {n}"),
    "candidate_heads": Words("到达 八成在 5分 10分 状态", "in 8_of_10 5' 10' now"),
    "lost": Words("{grid}{before}→{after}%", "{grid} {before}→{after}%"),
    "hole": Words("派后{grid}空缺", "leaves {grid} empty"),
    "second_line": Words("二线", "second line"),
    "nobody_free": Words("没有空闲警力", "nobody is free"),
    "times": Words("派警 签收 出警 到场 结束", "sent signed going there ended"),
    "crew": Words("{n}人", "crew {n}"),
    "home": Words("辖区", "home"),
    "since": Words("{what}，{age}", "{what} for {age}"),
    "position": Words("位置 {cell}，{age}前报", "at {cell}, reported {age} ago"),
    "position_assumed": Words("位置 按停靠点 {cell}", "position assumed at its post {cell}"),
    "gone": Words("已不在板上", "no longer on the board"),
    "more_below": Words("下有 {n} 行 PgDn", "{n} lines below PgDn"),
    # Bottom
    "commanding": Words("键 {keys}", "keys {keys}"),
    "prompt_live": Words(">", ">"),
    "prompt_drill": Words("演练>", "DRILL>"),
    "undo": Words("#{n} 撤销 u", "#{n} undo u"),
    "sending": Words("发送中 …", "sending …"),
    "choose": Words("按 1-{n} 选一个，Esc 返回", "press 1-{n} to choose, Esc to go back"),
    "choose_first": Words("回车后按数字选", "Enter, then a digit chooses"),
    "choose_more": Words("{at}/{pages} 页，共 {n} 个，0 下一页", "page {at} of {pages}, {n} in all, 0 for the next"),
    "whole": Words("回车发出全文", "Enter sends all of this"),
    "likely": Words("疑似同一警情", "perhaps the same"),
    "likely_key": Words("{name} 并入第一条", "{name} links it to the first"),
    "nothing_to_keep": Words("没有可保留的警力或警情", "there is no unit or incident to keep"),
    "now_the_verb": Words("写新的动词，警力、警情已保留", "type the verb; unit and incident are kept"),
    "nothing_likely": Words("没有疑似同一的警情", "nothing like it is known"),
    "not_an_action": Words("没有操作 :{name}", "there is no action :{name}"),
    "actions_are": Words("操作有：{names}", "actions are: {names}"),
    "not_sent": Words("没有送出，原行保留", "not sent; the line is kept"),
    "quit_anyway": Words("还有 {what}；再按一次退出", "{what} still waits; press again to leave"),
    "waiting_calls": Words("待接 {n}", "{n} to answer"),
    "waiting_incidents": Words("待派 {n}", "{n} to send"),
    "waiting_alarms": Words("警报 {n}", "{n} alarms"),
    # Pages
    "found": Words("查找 {text}：{n} 条", "find {text}: {n}"),
    "found_nothing": Words("没有“{text}”", "nothing has “{text}”"),
    "found_keys": Words("数字或回车打开，Tab 改", "a digit or Enter opens, Tab edits"),
    "found_page": Words("{at}/{pages} 页", "page {at} of {pages}"),
    "found_asked": Words("正在查历史", "asking the history"),
    "found_silent": Words("历史还没有答复，请再找一次", "the history does not answer yet: find again"),
    "found_absent": Words("没有历史可查", "no history here"),
    "find_how": Words(
        "可写：警情号、地名、两个字以上的词、电话末几位、u=03、昨天、11-20、11-20..11-25、7d",
        "write a number, a place, words, the last digits of a telephone, u=03, yesterday, 11-20, 11-20..11-25, 7d",
    ),
    "help": Words("帮助", "Help"),
    "menu": Words("菜单", "Menu"),
    "no_foreseer": Words("这里不能推演", "nothing can be simulated here"),
    "what_if": Words("如果：后一小时 {n} 次", "What if: the next hour {n} times"),
    "what_if_keys": Words("↑↓ 选，Enter 执行，Esc 返回", "up/down, Enter does it, Esc back"),
    "what_if_waits": Words("Esc 放弃", "Esc gives up"),
    "what_if_at": Words("{at} 的情况", "as of {at}"),
    "what_if_gap": Words("2 减 1 [95%]", "2 less 1 [95%]"),
    "what_if_done": Words("{n}/{of} 次", "{n} of {of} runs"),
    "what_if_begins": Words("准备推演", "getting ready"),
    "what_if_more": Words("还有 {n} 个警区", "{n} more grids"),
    "what_if_enter": Words("Enter：{line}", "Enter: {line}"),
    "what_if_nothing": Words("Enter：不动，返回", "Enter: nobody moves, back"),
    "back": Words("Esc 返回", "Esc back"),
    "list_keys": Words("PgUp/PgDn 选，Enter 定，Esc 返回", "PgUp/PgDn choose, Enter takes, Esc back"),
    **NEXT,
    # The tour
    "tour_step": Words("导览 {at}/{n} {title}", "Tour {at}/{n}: {title}"),
    "tour_over": Words("导览走完了", "The tour is over"),
    "tour_now": Words(
        "接着随便试：这是演练，不进实战库。Ctrl+Q 退出；zz110 tour --again 重走一遍",
        "Go on trying: this is a drill, no live store knows of it. Ctrl+Q leaves; zz110 tour --again begins anew",
    ),
    "tour_keys": Words("不会？ :tour next 跳过", "stuck? :tour next"),
    "tour_then": Words("；再", "; then "),
    "tour_press": Words("按 [{name}]", "press [{name}]"),
    "tour_enter": Words("打 `{line}` 回车", "type `{line}` and Enter"),
    "tour_type": Words("打 `{line}`（不回车）", "type `{line}` (no Enter)"),
    "tour_instead": Words(
        "做的是：{what}。这一步要的见上一行；可用 u 撤销",
        "That was: {what}. The step wants what stands above; u takes it back",
    ),
    "tour_again": Words("退回到这一步再做：{what}", "Back to this step, to be done again: {what}"),
    "tour_none": Words("现在不在导览中：退出后 zz110 tour", "there is no tour here: leave, then zz110 tour"),
    # What changed
    "theme_is": Words("配色：{name}", "theme: {name}"),
    "themes_are": Words("配色有：{names}", "themes are: {names}"),
    "try_keys": Words("PgUp/PgDn 试，Enter 用，Esc 还原", "PgUp/PgDn try, Enter keeps, Esc puts back"),
    "try_command_mode": Words("命令模式（空行按 Esc）", "command mode (Esc on an empty line)"),
    "layout_is": Words("布局：{name}", "layout: {name}"),
    "keymaps_are": Words("键位有：{names}", "keymaps are: {names}"),
    "layouts_are": Words("布局有：{names}", "layouts are: {names}"),
    "layout_kept": Words("布局存为 {name}：{path}", "layout kept as {name}: {path}"),
    "size_at_end": Words("不能再大或再小", "it cannot be larger or smaller"),
    "swap_which": Words("写两列：{names}", "write two columns of: {names}"),
    "language_is": Words("语言：中文", "language: English"),
    "keymap_is": Words("键位：{name}", "keymap: {name}"),
    "glyphs_are": Words("符号：{name}", "signs: {name}"),
    "bell_on": Words("警报响铃", "the bell rings for alarms"),
    "bell_off": Words("不响铃", "no bell"),
    "no_place": Words("地图上找不到“{place}”", "no place “{place}” on the map"),
    "went_to": Words("地图到 {place}", "map at {place}"),
    "layer_on": Words("显示图层 {name}", "layer {name} on"),
    "layer_off": Words("隐藏图层 {name}", "layer {name} off"),
    "say_how": Words("写法：{usage}", "write {usage}"),
    "no_alarm": Words("没有可认领的警报", "there is no alarm to take"),
    "too_small": Words("窗口至少要 {w}x{h}", "the window must be at least {w}x{h}"),
}


WEEKDAYS = Words("周一 周二 周三 周四 周五 周六 周日", "Mon Tue Wed Thu Fri Sat Sun")

STAGE_CODE: dict[AssignmentStage, Words] = {
    AssignmentStage.STACKED: Words("续派", "ST"),
    AssignmentStage.DISPATCHED: Words("已派", "DP"),
    AssignmentStage.SIGNED: Words("签收", "SG"),
    AssignmentStage.EN_ROUTE: Words("在途", "ER"),
    AssignmentStage.ON_SCENE: Words("到场", "OS"),
    AssignmentStage.CLEARED: Words("处毕", "CL"),
    AssignmentStage.WITHDRAWN: Words("撤回", "WD"),
}
"""Two letters or two characters for how far a unit is, wherever a row is short."""

ERRAND_CODE: dict[ErrandStage, Words] = {
    ErrandStage.ISSUED: Words("下达", "IS"),
    ErrandStage.SIGNED: Words("签收", "SG"),
    ErrandStage.EN_ROUTE: Words("在途", "ER"),
    ErrandStage.ON_SCENE: Words("到位", "OS"),
}
"""The same for how far it is with an order."""

STATUS_CODE: dict[UnitStatus, Words] = {
    UnitStatus.FREE: Words("空闲", "FR"),
    UnitStatus.OFF_DUTY: Words("下勤", "OD"),
    UnitStatus.OUT_OF_SERVICE: Words("停用", "XX"),
}

INCIDENT_CODE: dict[IncidentStage, Words] = {
    IncidentStage.HANDLED: Words("待反馈", "to feed back"),
    IncidentStage.FED_BACK: Words("待办结", "to close"),
    IncidentStage.CALLED_BACK: Words("待办结", "to close"),
}

KIND_CODE: dict[UnitKind, Words] = {
    UnitKind.PATROL_RESPONSE: Words("巡", "pat"),
    UnitKind.MOBILE_RESERVE: Words("机", "res"),
    UnitKind.PLAIN_CLOTHES: Words("便", "pln"),
    UnitKind.ASSAULT_SQUAD: Words("突", "ast"),
    UnitKind.STATION_UNIT: Words("所", "stn"),
    UnitKind.TRAFFIC: Words("交", "trf"),
    UnitKind.SWAT: Words("特", "swt"),
    UnitKind.ARMED_POLICE: Words("武", "arm"),
    UnitKind.DRONE: Words("无", "drn"),
    UnitKind.WATER_RESCUE: Words("水", "wtr"),
    UnitKind.VOLUNTEERS: Words("群", "vol"),
}


def say(key: str, language: str, **values: object) -> str:
    """The desk's sentence for a key in the desk's language."""
    text = WORDS[key].in_(language)
    return text.format(**values) if values else text
