"""Follow-ups: what the questions before add to a question, and what they leave alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.followup import complete

ANY = st.lists(
    st.one_of(st.sampled_from(["那", "销量", "呢", "？", "2022年", "同比", "它", "其", "是多少", "谁说的", "汽车", "出口额", "and ", "what about ", "it ", "grow", "?", " "]), st.text(max_size=3)), max_size=8
).map("".join)


@pytest.mark.parametrize(
    ("history", "question", "standalone"),
    [
        # another thing, another measure
        (["2023年汽车产量是多少？"], "那销量呢？", "2023年汽车销量是多少？"),
        (["2023年汽车产量是多少？"], "销量呢", "2023年汽车销量是多少？"),
        (["2023年汽车产量是多少？"], "新能源汽车呢？", "2023年新能源汽车产量是多少？"),
        (["2023年汽车产量是多少？", "那销量呢？"], "新能源汽车呢？", "2023年新能源汽车销量是多少？"),
        # another time
        (["2023年汽车产量是多少？"], "2022年呢？", "2022年汽车产量是多少？"),
        (["2023年汽车产量是多少？"], "上半年呢？", "2023年上半年汽车产量是多少？"),
        (["2023年汽车产量是多少？", "那销量呢？"], "2022年呢？", "2022年汽车销量是多少？"),
        (["汽车产量是多少？"], "2022年呢？", "2022年汽车产量是多少？"),
        # growth
        (["2023年汽车产量是多少？"], "同比呢？", "2023年汽车产量同比增长多少？"),
        (["2023年汽车产量是多少？"], "环比呢？", "2023年汽车产量环比增长多少？"),
        # who said so
        (["2023年汽车产量是多少？"], "谁说的？", "2023年汽车产量是谁说的？"),
        (["2023年汽车产量是多少？", "谁说的？"], "那销量呢？", "2023年汽车销量是多少？"),
        # another person
        (["赵志国是什么职务？"], "陶青呢？", "陶青是什么职务？"),
        # a pronoun
        (["工业互联网的核心产业规模是多少？"], "它融入了多少个大类？", "工业互联网融入了多少个大类？"),
        # complete by itself: nothing is added
        (["2023年汽车产量是多少？"], "谁介绍了5G的发展情况？", "谁介绍了5G的发展情况？"),
        (["2023年汽车产量是多少？"], "5G基站有多少个？", "5G基站有多少个？"),
        (["What was the revenue?"], "How many ferry passengers were there in 2023?", "How many ferry passengers were there in 2023?"),
        # a time, in its own spelling; a year reckoned from the one before
        (["2024年上半年公园接待多少人次？"], "下半年呢？", "2024年下半年公园接待多少人次？"),
        (["2024年上半年书店利润是多少？"], "2022年呢？", "2022年上半年书店利润是多少？"),
        (["2024年上半年书店利润是多少？"], "去年同期呢？", "2023年上半年书店利润是多少？"),
        (["上半年书店利润是多少？"], "去年同期呢", "上半年书店利润去年同期是多少？"),
        (["云泽市2024年茶叶产量多少？"], "上一年呢", "云泽市2023年茶叶产量多少？"),
        (["二〇二四年茶叶产量多少？"], "上一年呢？", "2023年茶叶产量多少？"),
        (["花展期间酒店入住率多少？", "那民宿呢？"], "去年同期呢", "花展期间民宿入住率去年同期多少？"),
        (["绿电占比现在多少？"], "去年底呢？", "去年底绿电占比多少？"),
        (["2023年汽车产量是多少？"], "And in 2022?", "2022年汽车产量是多少？"),
        # a basis, a target, a rank: asked of the whole
        (["上半年货邮吞吐量多少？", "其中国际的呢？"], "同比呢", "上半年国际货邮吞吐量同比增长多少？"),
        (["煤电发电量同比下降多少？"], "环比呢？", "煤电发电量环比下降多少？"),
        (["年末奶牛存栏多少头？", "比三季度末呢？"], "同比降了多少？", "年末奶牛存栏同比降了多少？"),
        (["2023年汽车产量是多少？"], "和2022年比呢？", "2023年汽车产量比2022年增长多少？"),
        (["2023年汽车产量是多少？"], "增速是多少？", "2023年汽车产量增速是多少？"),
        (["2023年汽车产量是多少？"], "占比呢？", "2023年汽车产量占比是多少？"),
        (["2023年汽车产量是多少？"], "全球排第几？", "2023年汽车产量全球排第几？"),
        (["绿电占比现在多少？", "去年底呢？"], "目标是多少", "绿电占比目标是多少？"),
        (["2024年云泽县游客多少？"], "今年的目标呢？", "今年云泽县游客目标是多少？"),
        (["循環杯借出多少次？"], "明年目標呢？", "明年循環杯借出目標是多少？"),
        (["煤电发电量同比下降多少？"], "为什么？", "煤电发电量为什么同比下降？"),
        # the noun of the same kind
        (["大豆产量比上年增长多少？"], "花生呢？", "花生产量比上年增长多少？"),
        (["居民在社区医院门诊能报多少？"], "那在市医院呢", "居民在市医院门诊能报多少？"),
        (["国家级绿色园区建成了多少家？"], "省级的呢", "省级绿色园区建成了多少家？"),
        (["今年招了多少教师？"], "其中博士的？", "今年招了多少博士的教师？"),
        (["城镇居民收入增长多少？"], "农村的呢", "农村居民收入增长多少？"),
        (["全省粮食产量是多少？"], "其中秋粮呢？", "秋粮产量是多少？"),
        (["茶园面积多少亩？"], "那产量呢？", "茶园产量是多少？"),
        (["云湖能源总经理是谁？"], "财务总监呢", "云湖能源财务总监是谁？"),
        (["云泽市粮食产量是多少？"], "青川市呢？", "青川市粮食产量是多少？"),
        (["2023年汽车产量是多少？"], "广东呢？", "2023年广东汽车产量是多少？"),
        (["谁介绍了5G的发展情况？"], "工业互联网呢？", "谁介绍了工业互联网的发展情况？"),
        (["哪个市粮食产量最高？"], "最低的呢？", "哪个市粮食产量最低？"),
        (["李明是什么职务？"], "王强呢", "王强是什么职务？"),
        (["哪些省份增速超过7%？"], "5%呢？", "哪些省份增速超过5%？"),
        # who said so, of what was counted
        (["口袋公园有多少个？"], "是谁说的？", "谁说了口袋公园有多少个？"),
        # what it lacks is only its subject
        (["2024年上半年云湖净利润多少亿元？"], "它的股价呢？", "2024年上半年云湖股价是多少？"),
        (["新码头一共要投多少钱？"], "什么时候建成？", "新码头什么时候建成？"),
        # a new subject takes the time alone, and only behind 那
        (["2023年汽车产量是多少？"], "那工业增加值增长多少？", "2023年工业增加值增长多少？"),
        (["2023年汽车产量是多少？"], "失业率是多少？", "失业率是多少？"),
        (["2023年汽车产量是多少？"], "写一首诗", "写一首诗"),
        # English
        (["What was car production in 2023?"], "And sales?", "What were car sales in 2023?"),
        (["What was car production in 2023?"], "And in 2022?", "What was car production in 2022?"),
        (["What was car production in 2023?"], "What about the year before?", "What was car production in 2022?"),
        (["What was the revenue in H1 2024?"], "A year earlier?", "What was the revenue in H1 2023?"),
        (["How many buses were bought in the first quarter of 2024?"], "And in the second quarter?", "How many buses were bought in the second quarter of 2024?"),
        (["What share of calls were missed in the latest week?"], "What about the same week a year earlier?", "What share of calls were missed in the same week a year earlier?"),
        (["How many riders use the tram?", "And what does it cost per trip?"], "What about a year ago?", "What did the tram cost per trip a year ago?"),
        (["What was Norvik's profit in the first half?", "How much did it fall?"], "And its share price that day?", "What was Norvik's share price that day?"),
        (["How many nurses were hired over the year?"], "And how many left?", "How many nurses left over the year?"),
        (["How many charging points does the city have?"], "And electric buses?", "How many electric buses does the city have?"),
        (["How many jobs were created in France in 2023?"], "And in Germany?", "How many jobs were created in Germany in 2023?"),
        (["What is the price of wheat?"], "And corn?", "What is the price of corn?"),
        (["Who is the chairman of Norvik Energy?"], "And the general manager?", "Who is the general manager of Norvik Energy?"),
        (["What is free meal take-up?"], "And the target?", "What is the target for free meal take-up?"),
        (["What is the target for recycling?"], "Who said so?", "Who said what the target for recycling is?"),
        (["How much did the bridge toll rise last year?"], "Why?", "Why did the bridge toll rise last year?"),
        (["What was the revenue?"], "那2022年呢？", "What was the revenue in 2022?"),
        (["What was the revenue?"], "Write a poem", "Write a poem"),
        ([], "那销量呢？", "那销量呢？"),
    ],
)
def test_a_question_made_complete(history: list[str], question: str, standalone: str) -> None:
    assert complete(question, history) == standalone


@given(ANY)
def test_without_a_history_nothing_is_added(text: str) -> None:
    assert complete(text, []) == text.strip()
    assert complete(text, ["", " \n"]) == text.strip()


@given(ANY, st.lists(ANY, max_size=3))
def test_it_is_always_one_line_of_thought(text: str, history: list[str]) -> None:
    """Any history will do; the same one gives the same question, as a list or as a tuple, and isn't changed."""
    before = list(history)
    assert complete(text, history) == complete(text, tuple(history))
    assert history == before


@given(st.sampled_from(["2023年汽车产量是多少？", "5G基站有多少个？", "谁介绍了5G的发展情况？", "船厂为什么要降低成本？"]), st.lists(ANY, max_size=3))
def test_a_complete_question_starts_anew(question: str, history: list[str]) -> None:
    assert complete(question, history) == question
