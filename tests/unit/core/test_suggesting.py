"""Which type a caller's words suggest: measured on sentences people say, wrong in neither language too often."""

from __future__ import annotations

import pytest

from tests.support.scenes import rulebook
from zz110_tui.core.suggesting import MOST, suggest

HEARD = {
    "robbery": "有人抢劫，拿刀抢我的钱|two men robbed me at knife point",
    "snatching": "骑摩托的飞车抢了我的包|he snatched my bag and ran",
    "burglary": "我家门被撬了，家里翻得很乱|somebody broke into my flat",
    "pickpocketing": "公交上手机被人偷了，是扒手|a pickpocket took my wallet",
    "ebike_theft": "停楼下的电动车被偷了|my e-bike was stolen",
    "vehicle_theft": "停路边的小车车窗被砸了|my car was stolen last night",
    "theft": "店里的货被偷了|there was a shoplifter in my store",
    "telecom_fraud": "网上刷单被骗了三万块|I lost money in an online scam, transferred to a bank account",
    "extortion": "裸聊被人敲诈勒索|someone is trying to blackmail me",
    "knife_attack": "有人持刀砍人，流了很多血|a man was stabbed with a knife",
    "homicide": "屋里发现一具尸体，有血|there is a dead body in the yard",
    "sexual_assault": "有人猥亵我女儿|she was raped",
    "abduction": "我朋友被人绑架了|my son has been kidnapped",
    "explosives": "车站有个可疑包裹，怕是炸弹|there is a suspicious package, maybe a bomb",
    "fight": "两个人打架了快来|people are fighting in the street",
    "brawl": "两伙人打群架，几十人|a gang fight with many people",
    "threat": "前男友扬言要杀我全家|he threatened me by phone",
    "gambling": "楼上有人聚众赌博|there is illegal gambling upstairs",
    "prostitution": "那家店里卖淫|a brothel in the building",
    "drug_use": "隔壁房间有人吸毒|they are taking drugs next door",
    "noise": "广场舞太吵了，孩子睡不着|loud music from next door",
    "domestic_violence": "我老公打我，打了一个小时|my husband is hitting me, husband hit me",
    "drunk_disorder": "一个人喝醉了在店里闹事|a drunk man is shouting, drunk and shouting",
    "mental_crisis": "我哥精神病发作，在家发病砸东西|my brother is schizophrenic and hearing voices",
    "vandalism": "我的车被划了|someone scratched my car",
    "crowd": "工人堵路拉横幅，上百人|a crowd with banners blocks the road",
    "hospital_disorder": "病人家属在医院闹，护士被打|a nurse was hit by relatives",
    "domestic_dispute": "隔壁夫妻在吵架|a family quarrel",
    "neighbour_dispute": "邻居楼道堆东西，跟我吵|my neighbour piles up things",
    "consumer_dispute": "理发店不给退款，多收钱|the shop refuses a refund",
    "labour_dispute": "老板拖欠工资跑了，我们讨薪|the boss owes wages",
    "debt_dispute": "他欠钱不还，来讨债|he owes me, it is a debt",
    "rental_dispute": "房东不退押金|the landlord keeps my deposit",
    "missing_person": "我妈八十岁走失了|an elderly man went missing",
    "missing_child": "我小孩不见了，五岁|my child is missing",
    "drowning": "有人跳河了，快不行了|a man fell into the water, he is drowning",
    "suicide": "有人站在楼顶要跳楼|a woman wants to jump off the roof, suicide",
    "sick_person": "老人晕倒在路边，昏迷|a man collapsed, he is unconscious",
    "lockout": "我忘带钥匙，锁在门外了|I am locked out of my flat",
    "found_property": "我捡到一个钱包|I found a wallet",
    "lost_property": "我的手机丢了，落在出租车上|I lost my phone",
    "animal": "被狗咬了，还有蛇|a stray dog has bitten a boy",
    "traffic_accident": "两车追尾，有人受伤|a car crash, two injured",
    "traffic_jam": "红绿灯坏了，堵车|the traffic light is broken, a traffic jam",
    "drunk_driving": "有人喝酒开车，酒驾|a drunk driver just left",
    "parking": "麻烦通知车主挪车，违停|a car is illegally parked and blocking my gate",
    "fire": "三楼起火，冒浓烟|there is a fire, the roof is burning",
    "disaster": "台风把树刮倒了，积水很深|the street is flooded",
    "suspicious_person": "有个可疑的人在拉车门|someone suspicious is lurking",
    "intruder_alarm": "金库防盗报警响了|the burglar alarm is ringing",
    "construction_noise": "工地半夜施工|construction at night",
}
SENTENCES = [(kind, said, i) for kind, both in HEARD.items() for i, said in enumerate(both.split("|"))]


def types_of(text: str) -> list[str]:
    rules = rulebook()
    return [found.type for found in suggest(text, rules.types, rules.patterns)]


@pytest.mark.parametrize(("language", "least"), [(0, 0.9), (1, 0.85)])
def test_most_sentences_suggest_what_they_are_about(language: int, least: float) -> None:
    said = [(kind, text) for kind, text, which in SENTENCES if which == language]
    wrong = [(kind, text, types_of(text)) for kind, text in said if types_of(text)[:1] != [kind]]
    assert 1 - len(wrong) / len(said) >= least, wrong


def test_nearly_all_are_among_those_offered() -> None:
    missed = [(kind, text, types_of(text)) for kind, text, _ in SENTENCES if kind not in types_of(text)]
    assert len(missed) <= 4, missed


@pytest.mark.parametrize(
    "text", ["没有刀，就是打架", "没刀，打架", "no knife, they are fighting", "not a knife, a fight"]
)
def test_what_is_denied_does_not_count(text: str) -> None:
    assert types_of(text) == ["fight"]


@pytest.mark.parametrize("text", ["", "   ", "喂？", "hello, can you hear me", "x" * 5_000, "\x1b[31m"])
def test_what_says_nothing_suggests_nothing(text: str) -> None:
    assert types_of(text) == []


def test_a_longer_phrase_says_more_and_at_most_three_are_offered() -> None:
    assert types_of("有人持刀打架")[0] == "knife_attack"
    assert all(len(types_of(text)) <= MOST for _, text, _ in SENTENCES)


def test_words_are_read_in_full_width_and_capitals_and_only_from_their_beginning() -> None:
    assert types_of("ＦＩＲＥ in the kitchen")[:1] == ["fire"]
    assert types_of("the campfires were nice, sapphire") == []
