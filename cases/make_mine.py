#!/usr/bin/env python3
"""Makes the originals of the constructed case `mine-flood`: an inrush of water in an invented mine.

Everything here is invented: mine, county, people, vehicles, times. Same bytes on every run; see
`make_leak.py`, whose tools it uses.

    python3 cases/make_mine.py            writes the case's originals and descriptors
    python3 cases/make_mine.py --check    writes nothing, fails if a committed byte differs

`mine-flood/planted.toml`, `case.toml`, `facts.toml`, mappings, requests and interviews are written
by hand and never touched here.
"""

import datetime as dt
import pathlib
import sys

from make_leak import WITHHELD, Dice, lines, on_disk

CASE = pathlib.Path(__file__).resolve().parent / "mine-flood"
DAY = dt.date(2025, 9, 6)


# --- the water monitoring system: lost power in the flood, nobody could check its clock -----------

CHATTER = [
    ("SJ-01", "流量", 40, 52, "中央水仓入水流量"),
    ("SJ-03", "水位", 210, 240, "中央水仓水位"),
    ("SJ-07", "水位", 15, 22, "-320中段探水巷水位"),
    ("TF-02", "风速", 2, 4, "-320中段回风巷风速"),
    ("P-01", "电流", 88, 97, "1号主排水泵电流"),
]

ALARMS = """
2025-09-06 03:57:40,SJ-07,高报,85.00,-320中段探水巷水位高报
2025-09-06 04:00:05,SJ-07,高高报,160.00,-320中段探水巷水位高高报
2025-09-06 04:03:31,SJ-03,高报,310.00,中央水仓水位高报
2025-09-06 04:11:02,P-01,停机,0.00,1号主排水泵失电
"""


def water_log():
    """About 90 rows: readings each few minutes, four alarms, silence when the power goes."""
    dice = Dice(20250906)
    at = dt.datetime.combine(DAY, dt.time(1, 0))
    rows = []
    while at < dt.datetime.combine(DAY, dt.time(4, 10)):
        at += dt.timedelta(seconds=60 + dice.below(120))
        tag, kind, low, high, text = dice.pick(CHATTER)
        value = low + dice.below(100 * (high - low)) / 100
        rows.append(f"{at:%Y-%m-%d %H:%M:%S},{tag},{kind},{value:.2f},{text}")
    rows += ALARMS.strip("\n").split("\n")
    return "\n".join(["时间,位号,类型,值,描述", *sorted(rows)])


# --- the mine's own papers ------------------------------------------------------------------------

DISPATCH = """
时间,事项,级别,内容,记录岗位
2025年9月6日01时10分,例行,,各中段作业正常,调度员
2025年9月6日04时31分,现场报告,,-320中段电话报告掘进面突水,调度员
2025年9月6日04时33分,井下报警,,启动井下应急广播,调度员
2025年9月6日04时35分,拨打119,,值班员拨打119,调度员
2025年9月6日04时36分,撤人指令,,通知各中段沿避灾路线撤离,调度员
2025年9月6日04时37分,队伍到场,,矿兼职救护队到井口,调度员
2025年9月6日04时40分,负责人知悉,,电话报告主要负责人,调度员
2025年9月6日04时44分,启动预案,I,启动透水事故专项预案,调度员
2025年9月6日05时22分,排水,,启动2号、3号主排水泵,调度员
2025年9月6日06时05分,向监管部门报告,,向县应急管理局电话报告KB-01,调度员
"""

HEAD_TRIP = """
时间,事项,内容,记录岗位
2025年9月6日05时35分,负责人知悉,主要负责人在家接矿调度电话,司机
2025年9月6日06时20分,到矿,主要负责人到达井口,司机
"""

ENTRY = """
序号,班次,入井人数,升井人数,备注
1,夜班掘进一队,11,11,
2,夜班掘进二队,9,9,
3,夜班机电运输,9,9,
合计,,29,29,页面有重抄痕迹
"""

PLAN_LIST = """
预案名称,版本,签署发布日期
透水事故专项应急预案,V1.3,2024-12-02
"""

DRILLS = """
演练日期,演练名称,类型,人数,状态
2022-11-10,透水避灾演练,现场处置方案,46,已开展
2023-05-18,提升系统故障演练,现场处置方案,38,已开展
2023-11-09,透水事故专项演练,专项,71,已开展
2024-05-16,井下火灾避灾演练,现场处置方案,44,已开展
2024-10-17,透水事故专项演练,专项,0,未开展
2025-04-24,综合应急演练,综合,90,已开展
"""

CASUALTIES = """
序号,姓名,证件号,班次,结果
1,甲子,990000**********1101,掘进一队,遇难
2,甲丑,990000**********1203,掘进一队,遇难
3,甲寅,990000**********1305,掘进一队,遇难
4,甲卯,990000**********1407,掘进一队,遇难
5,乙子,990000**********1509,掘进二队,遇难
6,乙丑,990000**********1601,掘进二队,遇难
7,乙寅,990000**********1703,掘进二队,遇难
8,乙卯,990000**********1805,掘进二队,遇难
9,丙子,990000**********1907,机电运输,遇难
10,丙丑,990000**********2009,机电运输,遇难
11,丙寅,990000**********210X,机电运输,遇难
12,丙卯,990000**********2202,机电运输,遇难
"""

GATE = """
时间,车号,类别,方向
2025-09-06 05:58:12,矿-017,生产,出
2025-09-06 07:41:30,应A 0101,救援,进
2025-09-06 07:41:52,应a０１０２,救援,进
2025-09-06 08:15:20,水B-2203,救援,进
"""

ACTIONS = """
时间,设备,动作,指令编号,操作岗位
2025-09-06 08:34:10,井下高压,恢复送电,ZL-01,供电调度
2025-09-06 09:02:40,潜水泵组,启动,ZL-02,排水组
2025-09-06 10:21:05,上游水库,关闭泄洪闸,ZL-03,水库管理所
"""

# --- the government side --------------------------------------------------------------------------

DUTY = """
序号,来电时间,来电单位,事项类别,内容,处置情况
0906-01,2025年9月6日05时30分,某街道,值守,汛情报平安,记录
0906-02,2025年9月6日06时07分,丁矿业公司,事故报告,-320中段突水，正在组织撤人,登记KB-01
0906-03,2025年9月6日06时12分,县政府总值班室,报告本级政府,报告透水事故,已接收
0906-04,2025年9月6日06时20分,,负责人赶赴,局主要负责人出发,
0906-05,2025年9月6日06时26分,县公安局等四单位,法定通报,电话通报,已接收
0906-06,2025年9月6日07时25分,,负责人到达,局主要负责人到达井口,
"""

SUPERIORS = """
层级,收到时间,来文单位,方式
市级,2025年9月6日07时10分,甲县应急管理局,电话加书面
省级,2025年9月6日10时05分,乙市应急管理局,书面
国家级,2025年9月6日10时30分,省应急管理厅,电话
"""

RESCUE = """
时间,车号,事件,队伍
2025-09-06 06:31:05,应A·0101,派出,区域矿山救援队
2025-09-06 06:31:20,应A·0102,派出,区域矿山救援队
2025-09-06 07:42:00,应A·0101,到场,区域矿山救援队
2025-09-06 07:42:21,应A·0102,到场,区域矿山救援队
2025-09-06 07:02:00,水B2203,派出,水利排涝队
2025-09-06 08:15:50,水B2203,到场,水利排涝队
"""

ORDERS = """
指令编号,下达时间,内容,执行单位,签收时间
ZL-01,2025/9/6 08:25,恢复井下高压送电,供电公司,2025/9/6 08:27
ZL-02,2025/9/6 08:50,启动大功率潜水泵组,水利局,2025/9/6 08:52
ZL-03,2025/9/6 10:10,关闭上游水库泄洪闸,水利局,2025/9/6 10:11
"""

ALLOCATION = """
批次,物资,数量,调拨时间,送达时间
PS-01,大功率潜水泵,6,2025/9/6 06:55,2025/9/6 08:20
PS-02,排水管(米),1200,2025/9/6 06:55,2025/9/6 08:24
"""

SUPPLIES = """
批次,物资,数量,签收时间
PS-01,大功率潜水泵,6,2025/9/6 08:23
PS-02,排水管（米）,1200,2025/9/6 08:26
"""

PLAN_FILING = """
备案日期,单位,预案名称,版本,备案编号
2025-01-20,丁矿业公司,透水事故专项应急预案,V1.3,BA-2025-0006
"""

DRILL_FILING = """
登记日期,事项,单位,演练日期,人数
2022-11-16,演练报送,丁矿业公司,2022-11-10,46
2023-05-24,演练报送,丁矿业公司,2023-05-18,38
2023-11-15,演练报送,丁矿业公司,2023-11-09,71
2024-05-22,演练报送,丁矿业公司,2024-05-16,44
2024-10-23,催报,丁矿业公司,,
2025-04-29,演练报送,丁矿业公司,2025-04-24,90
"""

NOTICE = """
甲县人民政府应急响应启动通知
一、响应事项：丁矿业公司透水事故
二、响应级别：II级
三、预计期限：至搜救结束
四、应急处置措施：排水、搜救、医疗、警戒
启动时间：2025年9月6日06时55分
"""

REPORT = """
丁矿业公司事故快报（电话记录）
编号：KB-01　　报告时间：2025年9月6日06时05分
一、单位概况：丁矿业公司，地下金属矿。
二、时间地点现场：2025年9月6日04时30分，-320中段掘进面突水。
三、简要经过：掘进面突水，正在撤人。
五、已采取措施：启动排水泵。
六、其他：无。
"""

RECEIVED = """
事故信息接收单
编号：KB-01　　来电：丁矿业公司　　接收：甲县应急管理局值班室
事故时间：2025年9月6日04时30分　　地点：-320中段掘进面
所含要素：单位概况、时间地点现场、简要经过、已采取措施、其他
接收时间：2025年9月6日06时07分
"""

SENT_UP = """
事故信息上报件
编号：KB-01　　报送：乙市应急管理局、矿山安全监察局
事故时间：2025年9月6日04时30分　　地点：-320中段掘进面
所含要素：单位概况、时间地点现场、简要经过、已采取措施、其他
"""

PEOPLE = """
井下人数核对表（公安机关、矿山安全监察局：人员定位卡、矿灯发放、家属核对）
截至2025年9月6日12时00分：事发时井下41人，未清点到12人
"""

ESTABLISHED = """
伤亡核实表（评估组）
截至2025年9月9日18时00分：遇难12人，失联0人；事发时井下41人
"""

RELEASE = """
甲县人民政府新闻办发布登记
RO-1　2025年9月6日10时40分　政务发布　截至10时00分，丁矿业公司发生透水，12人失联，救援正在进行。
"""

APPRAISAL = """
文件检验意见
委托事项：丁矿业公司2025年9月6日夜班入井登记页是否改写
检验意见：该页为后书写，与前后页压痕不符；原页压痕可见合计“41”。
书写时间、书写人及原因不在检验范围内。
"""

TALK_DISPATCHER = """
询问笔录（第1页，共2页）
问：水位报警是什么时候响的？
答：监控室先响了报警，我正要打电话问，-320中段的电话就来了。
问：什么时候报告主要负责人？
答：马上报告的，登记上写了时间。
（第2页，共2页）
问：为什么六点多才向县里报告？
答：电话里让先组织抢险，看看情况再报。
被询问人签名：（已签）
"""

TALK_HEAD = """
询问笔录（第1页，共1页）
问：你什么时候知道透水的？
答：五点半多在家接到电话，之前没有接到。
问：是否说过暂不报告？
答：我说的是先把人撤上来，没有说不报。
被询问人签名：（已签）
"""

CLOCKS = """
序号,设备,核对时间,设备读数,标准时间,差值秒,核对人数,说明
1,矿门岗车辆系统,2025-09-07 09:10:00,09:09:25,09:10:00,-35（±2）,2,慢35秒
2,区域矿山救援队调度,2025-09-07 10:20:00,10:20:00,10:20:00,0（±1）,2,
3,水害监测系统,,,,未核对,2,主机被淹，时钟不可核
"""

# id, file, encoding, line end, kind, party, clock, kind of source, mapping, title
RECORDS = [
    ("E01", "water_alarm.csv", "gb18030", "\r\n", "EV4", "mine", "water", "log", "water", "水害监测系统报警日志导出"),
    ("E02", "dispatch_log.csv", "utf-8", "\n", "EV1", "mine", "civil", "form", "dispatch", "矿调度室记录"),
    ("E03", "head_trip.csv", "utf-8", "\n", "EV1", "mine", "civil", "form", "head_trip", "主要负责人行程登记"),
    ("E04", "entry_register.csv", "utf-8", "\n", "EV1", "mine", "civil", "form", None, "夜班入井登记页"),
    ("E05", "plan_list.csv", "utf-8", "\n", "EV1", "mine", "civil", "form", "plan_list", "企业预案台账"),
    ("E06", "drills.csv", "utf-8", "\n", "EV1", "mine", "civil", "form", "drills", "企业应急演练台账"),
    ("E07", "casualty_list.csv", "utf-8", "\n", "EV1", "mine", "civil", "form", "casualties", "企业伤亡名单"),
    ("E08", "gate_log.csv", "gb18030", "\r\n", "EV4", "mine", "gate", "log", "gate", "矿门岗车辆记录"),
    ("E09", "actions.csv", "utf-8", "\n", "EV1", "mine", "civil", "form", "actions", "送电与排水操作记录"),
    ("E10", "duty_register.csv", "utf-8", "\n", "EV1", "bureau", "civil", "duty-log", "duty", "县应急管理局值班登记"),
    ("E11", "superiors.csv", "utf-8", "\n", "EV1", "city", "civil", "official-document", "superiors", "上级接报回执"),
    ("E12", "rescue_dispatch.csv", "utf-8", "\r\n", "EV4", "base", "rescue", "platform", "rescue", "救援队调度记录"),
    ("E13", "orders.csv", "utf-8", "\n", "EV1", "post", "civil", "form", "orders", "现场指挥部指令单"),
    ("E14", "allocation.csv", "utf-8", "\n", "EV1", "water", "civil", "form", "allocation", "排水物资调拨与送货单"),
    ("E15", "supplies.csv", "utf-8", "\n", "EV1", "post", "civil", "form", "supplies", "物资签收单"),
    ("E16", "plan_filing.csv", "utf-8", "\n", "EV1", "bureau", "civil", "form", "plan_filing", "应急预案备案登记"),
    ("E17", "drill_filing.csv", "utf-8", "\n", "EV1", "bureau", "civil", "form", "drill_filing", "演练报送登记"),
    ("E18", "response_notice.txt", "utf-8", "\n", "EV1", "county", "civil", "official-document", None, "应急响应启动通知"),
    ("E19", "report_sent.txt", "utf-8", "\n", "EV1", "mine", "civil", "form", None, "事故快报KB-01"),
    ("E20", "report_received.txt", "utf-8", "\n", "EV1", "bureau", "civil", "form", None, "事故信息接收单KB-01"),
    ("E21", "report_sent_up.txt", "utf-8", "\n", "EV1", "bureau", "civil", "official-document", None, "事故信息上报件KB-01"),
    ("E22", "people_checked.txt", "utf-8", "\n", "EV1", "police", "civil", "official-document", None, "井下人数核对表"),
    ("E23", "casualties_established.txt", "utf-8", "\n", "EV8", "team", "civil", "official-document", None, "伤亡核实表"),
    ("E24", "release_official.txt", "utf-8", "\n", "EV1", "county", "civil", "official-document", None, "政府新闻发布登记"),
    ("E25", "appraisal.txt", "utf-8", "\n", "EV7", "team", "civil", "official-document", None, "文件检验意见"),
    ("E26", "interview_dispatcher.txt", "utf-8", "\n", "EV6", "mine", "civil", "interview", None, "询问笔录：调度员"),
    ("E27", "interview_head.txt", "utf-8", "\n", "EV6", "mine", "civil", "interview", None, "询问笔录：主要负责人"),
    ("E28", "clock_check.csv", "utf-8", "\n", "EV8", "team", "civil", "official-document", None, "设备时钟核对记录"),
]

FIELDS = {
    "EV1": 'form = "与原件核对无误的复制件"\nsource-note = "由保管单位提供"\nholder-stamp = "已盖章"\n',
    "EV4": 'carrier = "导出副本，原介质已封存"\nmethod = "厂商工具导出，两人在场"\nmade-at = "2025-09-07"\n'
    'maker = "评估组技术员"\nproves = "{title}所载时间与内容"\nintegrity-value = "SHA-256，提取时计算，随卷登记"\n'
    'system = "{title}所在系统"\nfile-format = "csv"\nclock-offset = "见E28"\n',
    "EV6": WITHHELD.replace("2025-05-23", "2025-09-12") + 'occupation = "见笔录"\nstanding = "事故单位人员"\n',
    "EV7": 'client = "评估组"\nquestion = "入井登记页是否改写"\nmaterials = "登记簿原件"\nbasis = "文书检验规范"\n'
    'method = "压痕显现、书写时序"\nqualification = "隐去"\nsignatures = "已签"\nseal = "已盖章"\nanalysis = "见意见书"\n',
    "EV8": 'time = "2025-09-07"\nplace = "丁矿业公司"\nevent = "{title}"\n'
    'officer-signatures = "两人已签"\nparty-signature = "已签"\n',
}


def originals():
    """Every original by its file name, as text."""
    return {
        "water_alarm.csv": water_log(), "dispatch_log.csv": DISPATCH, "head_trip.csv": HEAD_TRIP,
        "entry_register.csv": ENTRY, "plan_list.csv": PLAN_LIST, "drills.csv": DRILLS,
        "casualty_list.csv": CASUALTIES, "gate_log.csv": GATE, "actions.csv": ACTIONS,
        "duty_register.csv": DUTY, "superiors.csv": SUPERIORS, "rescue_dispatch.csv": RESCUE,
        "orders.csv": ORDERS, "allocation.csv": ALLOCATION, "supplies.csv": SUPPLIES,
        "plan_filing.csv": PLAN_FILING, "drill_filing.csv": DRILL_FILING,
        "response_notice.txt": NOTICE, "report_sent.txt": REPORT, "report_received.txt": RECEIVED,
        "report_sent_up.txt": SENT_UP, "people_checked.txt": PEOPLE,
        "casualties_established.txt": ESTABLISHED, "release_official.txt": RELEASE,
        "appraisal.txt": APPRAISAL, "interview_dispatcher.txt": TALK_DISPATCHER,
        "interview_head.txt": TALK_HEAD, "clock_check.csv": CLOCKS,
    }


def descriptor(record):
    number, name, _, _, kind, party, clock, source, mapping, title = record
    medium = "导出文件，光盘封存" if kind == "EV4" else "纸质原件，录入文本"
    text = f'id = "{number}"\nkind = "{kind}"\ntitle = "{title}"\nmedium = "{medium}"\n'
    text += f'party = "{party}"\nclock = "{clock}"\nsource_kind = "{source}"\n'
    text += 'collected_by = ["评估组技术员"]\nwitnessed_by = ["县公证处工作人员"]\n'
    text += 'collected_at = "2025-09-07T16:30:00+08:00"\n'
    if mapping:
        text += f'mapping = "mappings/{mapping}.toml"\n'
    return text + "\n[fields]\n" + FIELDS[kind].format(title=title)


def main():
    check = "--check" in sys.argv[1:]
    content, files, there = originals(), {}, on_disk(CASE)
    for record in RECORDS:
        name, encoding, end = record[1:4]
        files[f"evidence/{name}"] = lines(content[name], encoding, end)
        files[f"evidence/{name}.toml"] = descriptor(record).encode()
    wrong = [path for path, data in files.items() if there.get(path) != data]
    strays = [path for path in there if path.startswith("evidence/") and path not in files]
    for path in wrong:
        print(("differs: " if check else "wrote: ") + path)
        if not check:
            (CASE / path).parent.mkdir(parents=True, exist_ok=True)
            (CASE / path).write_bytes(files[path])
    for path in strays:
        print("not of the case: " + path)
    if strays or check and wrong:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
