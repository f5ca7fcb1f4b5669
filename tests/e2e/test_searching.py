"""Search, figures and their page as somebody uses them; the history removed, rebuilt, and read by who may not write."""

from __future__ import annotations

from tests.e2e.conftest import Program


def test_slips_are_found_figures_are_a_page_and_the_history_is_no_truth(zz110: Program) -> None:
    zz110.do_all("n 打架 @F7 / 两人持刀打架者在江滨公园", "n 盗窃 @F7 / 商铺被盗", "d 3 1", "os 3", "cl 3 调解")
    [found] = zz110.json("incident", "find", "刀打", "江滨")
    assert found["number"] == "0001"
    assert zz110.json("incident", "find", "打人", exit_code=1) == []
    assert [slip["number"] for slip in zz110.json("incident", "find", "03")] == ["0001"]

    page = zz110.run("figures", "--html")
    assert page.returncode == 0, page.stderr
    assert page.stdout.startswith("<!doctype html>")
    assert page.stdout.count("<svg") >= 10
    assert zz110.run("figures", "--html", "--csv").returncode == 2

    wanted = zz110.json("figures")
    for file in zz110.home.glob("*.history*"):
        file.unlink()
    assert zz110.json("history", "status")["position"] == 0
    assert zz110.json("figures") == wanted
    done = zz110.json("history", "rebuild")
    status = zz110.json("history", "status")
    assert done["slips"] == status["slips"] == 2
    assert status["position"] == status["journal"] == done["position"]
