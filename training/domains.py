"""What the bulletins of training/stated.py speak of: subjects with their parts and measures, periods, places."""

from __future__ import annotations

Name = tuple[str, str]  # in Chinese and in English
Measure = tuple[str, str, float, str, str]  # name, unit, largest value, how people ask for it otherwise, its English name

DOMAINS: tuple[tuple[Name, tuple[Name, ...], tuple[Measure, ...]], ...] = (
    (("汽车", "cars"), (("新能源汽车", "new energy vehicles"), ("乘用车", "passenger cars"), ("商用车", "commercial vehicles"), ("客车", "buses")), (("产量", "万辆", 900, "造了多少辆", "output"), ("销量", "万辆", 900, "卖了多少辆", "sales"), ("出口量", "万辆", 90, "出口了多少辆", "exports"))),
    (("船舶", "ships"), (("集装箱船", "container ships"), ("散货船", "bulk carriers"), ("油船", "tankers")), (("完工量", "万载重吨", 900, "造完了多少", "completions"), ("新接订单量", "万载重吨", 900, "接了多少新单", "new orders"), ("手持订单量", "万载重吨", 3000, "手里还有多少订单", "orders on hand"))),
    (("手机", "mobile phones"), (("智能手机", "smartphones"), ("5G手机", "5G phones"), ("折叠屏手机", "foldable phones")), (("产量", "万部", 9000, "做了多少部", "output"), ("出货量", "万部", 9000, "出了多少部货", "shipments"), ("出口量", "万部", 4000, "卖到国外多少部", "exports"))),
    (("粮食", "grain"), (("小麦", "wheat"), ("玉米", "maize"), ("稻谷", "rice"), ("大豆", "soybeans")), (("产量", "万吨", 3000, "收了多少", "output"), ("播种面积", "万亩", 6000, "种了多少亩", "sown area"))),
    (("钢材", "steel"), (("螺纹钢", "rebar"), ("冷轧板", "cold-rolled sheet"), ("不锈钢", "stainless steel")), (("产量", "万吨", 2000, "炼了多少", "output"), ("销量", "万吨", 2000, "卖出多少", "sales"), ("库存", "万吨", 300, "还压着多少", "stocks"))),
    (("全社会", "the whole society"), (("工业", "industry"), ("居民", "households"), ("服务业", "services")), (("用电量", "亿千瓦时", 900, "一共用了多少电", "electricity use"), ("用水量", "亿立方米", 60, "用掉多少水", "water use"))),
    (("电力", "power"), (("风电", "wind power"), ("光伏", "solar power"), ("水电", "hydropower"), ("火电", "thermal power")), (("发电量", "亿千瓦时", 900, "发了多少电", "generation"), ("装机容量", "万千瓦", 5000, "装机有多大", "installed capacity"))),
    (("外贸进出口", "foreign trade"), (("机电产品", "machinery"), ("农产品", "farm goods"), ("民营企业", "private firms")), (("总值", "亿元", 9000, "做了多少生意", "value"), ("出口额", "亿元", 6000, "出口卖了多少钱", "exports"), ("进口额", "亿元", 6000, "进口花了多少钱", "imports"))),
    (("商品房", "housing"), (("住宅", "homes"), ("办公楼", "offices"), ("商铺", "shops")), (("销售面积", "万平方米", 2000, "卖了多少平方米", "floor space sold"), ("销售额", "亿元", 3000, "卖了多少钱", "sales"), ("待售面积", "万平方米", 800, "还有多少没卖掉", "unsold space"))),
    (("快递", "parcels"), (("同城快递", "local parcels"), ("异地快递", "long-distance parcels"), ("国际快递", "international parcels")), (("业务量", "亿件", 90, "寄了多少件", "volume"), ("业务收入", "亿元", 900, "收入有多少", "revenue"))),
    (("旅游", "tourism"), (("国内旅游", "domestic tourism"), ("入境旅游", "inbound tourism"), ("乡村旅游", "rural tourism")), (("接待人次", "万人次", 9000, "来了多少人", "visitors"), ("收入", "亿元", 900, "挣了多少钱", "revenue"))),
    (("铁路", "railways"), (("高铁", "high-speed rail"), ("普速列车", "ordinary trains"), ("城际铁路", "intercity rail")), (("旅客发送量", "万人次", 9000, "送走多少旅客", "passengers"), ("货物发送量", "万吨", 9000, "拉了多少货", "freight"), ("营业里程", "公里", 9000, "通车多少公里", "length"))),
    (("港口", "the port"), (("外贸码头", "foreign-trade terminals"), ("内贸码头", "domestic terminals"), ("油品码头", "oil terminals")), (("货物吞吐量", "万吨", 20000, "装卸了多少货", "cargo throughput"), ("集装箱吞吐量", "万标箱", 900, "走了多少箱子", "container throughput"))),
    (("机场", "the airport"), (("国际航线", "international routes"), ("国内航线", "domestic routes"), ("货运航线", "cargo routes")), (("旅客吞吐量", "万人次", 5000, "进出了多少人", "passengers"), ("起降架次", "万架次", 40, "飞了多少架次", "flights"))),
    (("公司", "the company"), (("境外业务", "overseas business"), ("云服务", "cloud services"), ("零售业务", "retail business")), (("营业收入", "亿元", 900, "一共收入多少", "revenue"), ("净利润", "亿元", 90, "赚了多少", "net profit"), ("研发投入", "亿元", 90, "搞研发花了多少", "research spending"))),
    (("财政", "public finance"), (("教育", "education"), ("社会保障", "social security"), ("卫生健康", "health")), (("收入", "亿元", 3000, "进账多少", "revenue"), ("支出", "亿元", 3000, "花出去多少", "spending"))),
    (("高校", "universities"), (("研究生", "postgraduates"), ("本科", "undergraduates"), ("专科", "college students")), (("招生人数", "万人", 90, "招了多少人", "enrolment"), ("毕业生人数", "万人", 90, "有多少人毕业", "graduates"))),
    (("医院", "hospitals"), (("基层医疗机构", "local clinics"), ("三级医院", "top hospitals"), ("民营医院", "private hospitals")), (("诊疗人次", "万人次", 9000, "看了多少病人", "visits"), ("住院人次", "万人次", 900, "多少人住过院", "inpatients"), ("床位数", "万张", 60, "有多少张床", "beds"))),
    (("企业职工养老保险", "pension insurance"), (("灵活就业人员", "flexible workers"), ("农民工", "migrant workers")), (("参保人数", "万人", 3000, "多少人参了保", "members"), ("基金收入", "亿元", 900, "收上来多少钱", "fund income"))),
    (("专利", "patents"), (("发明专利", "invention patents"), ("外观设计专利", "design patents"), ("实用新型专利", "utility models")), (("申请量", "万件", 90, "申请了多少件", "applications"), ("授权量", "万件", 60, "批了多少件", "grants"))),
    (("移动电话", "mobile telephony"), (("5G", "5G"), ("物联网", "the internet of things")), (("用户数", "万户", 9000, "有多少户", "subscribers"), ("基站数", "万个", 90, "建了多少基站", "base stations"))),
    (("生猪", "pigs"), (("能繁母猪", "breeding sows"), ("仔猪", "piglets")), (("出栏", "万头", 4000, "卖了多少头", "slaughter"), ("存栏", "万头", 3000, "还养着多少头", "herd"))),
    (("社会消费品零售", "retail trade"), (("餐饮", "catering"), ("网上零售", "online retail"), ("乡村零售", "rural retail")), (("总额", "亿元", 9000, "卖了多少", "sales"),)),
    (("固定资产", "fixed assets"), (("制造业", "manufacturing"), ("基础设施", "infrastructure"), ("房地产", "property")), (("投资额", "亿元", 9000, "投了多少钱", "investment"),)),
)  # fmt: skip
PERIODS = (
    ("2023年", "in 2023"), ("2022年", "in 2022"), ("2024年", "in 2024"), ("上半年", "in the first half"), ("一季度", "in the first quarter"), ("前三季度", "in the first three quarters"), ("三季度", "in the third quarter"),
    ("1—10月", "from January to October"), ("10月", "in October"), ("5月份", "in May"), ("去年", "last year"), ("今年以来", "so far this year"), ("“十三五”期间", "in the 13th plan period"),
)  # fmt: skip
RELATIVE = {"去年", "今年以来"}  # may be any year
PLACES = ("全国", "全省", "全市", "我国", "云岭省", "海州市", "青浦县", "北川区", "临江市", "", "", "")
