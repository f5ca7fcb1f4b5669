"""The rate of alarms in words, for the screen of a supervisor and for the shell."""

from __future__ import annotations

from zz110_tui.core.alarmrate import AlarmRate, Load
from zz110_tui.core.rulebook import AlarmRules
from zz110_tui.core.terms import term
from zz110_tui.language.saying_alarms import alarm_key_words
from zz110_tui.language.scene import Scene
from zz110_tui.language.words import listed, percent


def load_words(load: Load, rules: AlarmRules, scene: Scene) -> str:
    """A flood is said as one, in words."""
    budget = f"{rules.budget:g}"
    if load is Load.FLOOD:
        return scene.say("警报洪泛", "ALARM FLOOD")
    if load is Load.OVER:
        return scene.say(f"超过预算 {budget}", f"over the budget of {budget}")
    return scene.say(f"预算 {budget} 之内", f"within the budget of {budget}")


def rate_words(rate: AlarmRate, rules: AlarmRules, scene: Scene) -> str:
    """``近10分钟 4 件，2 席每席 2.0：超过预算 1``."""
    said = scene.say(
        f"近10分钟 {rate.last} 件，{rate.desks} 席每席 {rate.now:.1f}",
        f"{rate.last} in 10 minutes, {rate.now:.1f} a desk for {rate.desks}",
    )
    return f"{said}{scene.say('：', ': ')}{load_words(rate.load, rules, scene)}"


def period_words(rate: AlarmRate, scene: Scene) -> str:
    """The whole period: how many, how many usually, the worst ten minutes, how much of it was a flood."""
    said = scene.say(
        f"共 {rate.count} 件，每席每10分钟 {rate.usual:.2f}", f"{rate.count} in all, {rate.usual:.2f} usual"
    )
    if rate.peak:
        at = scene.clock(rate.peak_at)[:5]
        said += scene.say(f"；最多 {rate.peak} 件（{at} 起）", f"; at most {rate.peak} (from {at})")
    flooded = percent(rate.flooded)
    return said + scene.say(f"；洪泛占 {flooded}", f"; a flood {flooded} of the time")


def actor_words(rate: AlarmRate, scene: Scene) -> str:
    """The kinds that make most of them."""
    return listed((f"{term(kind, scene.language)} {count}" for kind, count in rate.actors), scene.language)


def chattering_words(rate: AlarmRate, scene: Scene) -> str:
    """Single alarms that came back again and again."""
    return listed((f"{alarm_key_words(key, scene)} {count}" for key, count in rate.chattering), scene.language)
