"""A desk with one open matter of every family, at the numbers that the verbs' examples name."""

from __future__ import annotations

from tests.support.scenes import Desk
from zz110_tui.core.alarms import SubjectKind

WARRANT = "case=漳公刑2026-12 basis=刑诉法 who=王局 until=2d"

NUMBERS = {
    SubjectKind.MESSAGE: 3,
    SubjectKind.ORDER: 12,
    SubjectKind.WARNING: 5,
    SubjectKind.SUPPORT: 2,
    SubjectKind.BOLO: 3,
    SubjectKind.LEDGER: 5,
}


def with_matters(desk: Desk) -> Desk:
    """Add m3, t12, w5, s2, b3, e5 to a desk."""
    desk.board.next_matter.update(NUMBERS)
    for line in (
        "msg 07 / 往北跑",
        "ord 护学 10 @F7",
        f"warn 车辆 11 p=1 {WARRANT} / 闽E12345",
        "sup 视频 who=东铺头所 / 调监控",
        f"bolo 车辆 {WARRANT} / 闽E12345 白色轿车",
        "led 纠纷 @水仙大街118号 / 邻里噪音",
    ):
        desk.type(line)
    return desk
