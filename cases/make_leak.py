#!/usr/bin/env python3
"""Makes the constructed case `leak-47-minutes` and its clean twin `leak-clean`.

Everything here is invented: plant, county, people, times. Same bytes on every run: no clock, no
randomness but a seeded generator written below, fixed stamps in the zip of a workbook, nothing
compressed. Only the standard library of Python 3.11 is used.

    python3 cases/make_leak.py            writes both folders beside this file
    python3 cases/make_leak.py --check    writes nothing, fails if a committed byte differs

`leak-47-minutes/planted.toml` is written by hand and is never touched here. The twin is the case
with every edit of that file applied.
"""

import datetime as dt
import hashlib
import io
import pathlib
import sys
import tomllib
import zipfile
from xml.sax.saxutils import escape

HERE = pathlib.Path(__file__).resolve().parent
CASE = HERE / "leak-47-minutes"
TWIN = HERE / "leak-clean"
DAY = dt.date(2025, 5, 18)


# --- bytes as an office would have them ---------------------------------------------------------

def lines(text, encoding, end="\n", last=True):
    """Text of this file as bytes; `last`: whether the last line ends like the others."""
    body = end.join(text.strip("\n").split("\n")) + (end if last else "")
    return body.encode(encoding)


def column(at):
    name = ""
    while True:
        at, rest = divmod(at, 26)
        name = chr(65 + rest) + name
        if at == 0:
            return name
        at -= 1


def cell(at, row, value):
    place = f"{column(at)}{row}"
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        span = value - dt.datetime(1899, 12, 30)
        serial = span.days + span.seconds / 86400
        return f'<c r="{place}" s="1"><v>{serial!r}</v></c>'
    if isinstance(value, dt.date):
        return f'<c r="{place}" s="2"><v>{(value - dt.date(1899, 12, 30)).days}</v></c>'
    if isinstance(value, (int, float)):
        return f'<c r="{place}"><v>{value!r}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def sheet_xml(rows):
    body = "".join(
        f'<row r="{n}">' + "".join(cell(at, n, v) for at, v in enumerate(row)) + "</row>"
        for n, row in enumerate(rows, 1)
    )
    return (
        XML + f'<worksheet xmlns="{MAIN}"><sheetFormatPr defaultRowHeight="15"/>'
        f"<sheetData>{body}</sheetData></worksheet>"
    )


XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PKG = "http://schemas.openxmlformats.org/package/2006"
STYLES = (
    XML + f'<styleSheet xmlns="{MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy/m/d\\ hh:mm:ss"/></numFmts>'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def xlsx(sheets):
    """A workbook as bytes: `sheets` is a list of (name, rows). Dates become date cells."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    parts = {
        "[Content_Types].xml": XML + f'<Types xmlns="{PKG}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kind}styles+xml"/>'
        + "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{kind}worksheet+xml"/>'
            for n in range(1, len(sheets) + 1)
        )
        + "</Types>",
        "_rels/.rels": XML + f'<Relationships xmlns="{PKG}/relationships">'
        f'<Relationship Id="rId1" Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": XML + f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>'
        + "".join(
            f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>'
            for n, (name, _) in enumerate(sheets, 1)
        )
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": XML + f'<Relationships xmlns="{PKG}/relationships">'
        + "".join(
            f'<Relationship Id="rId{n}" Type="{REL}/worksheet" Target="worksheets/sheet{n}.xml"/>'
            for n in range(1, len(sheets) + 1)
        )
        + f'<Relationship Id="rId{len(sheets) + 1}" Type="{REL}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": STYLES,
    }
    for n, (_, rows) in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{n}.xml"] = sheet_xml(rows)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as book:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, date_time=(2025, 5, 20, 9, 0, 0))
            entry.create_system = 0
            book.writestr(entry, text.encode())
    return out.getvalue()


class Dice:
    """A small fixed generator (Knuth's MMIX constants): the same numbers on every machine."""

    def __init__(self, seed):
        self.state = seed

    def below(self, top):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % top

    def pick(self, items):
        return items[self.below(len(items))]


# --- the alarm log of the DCS: clock 90 s fast ---------------------------------------------------

CHATTER = [
    ("TI-1101", "温度偏差", 18, 26, "1号液氯储罐温度偏差"),
    ("PI-1102", "压力偏差", 52, 68, "1号液氯储罐压力偏差"),
    ("PI-1202", "压力偏差", 51, 67, "2号液氯储罐压力偏差"),
    ("LI-1103", "液位偏差", 58, 64, "1号液氯储罐液位偏差"),
    ("FI-2101", "流量偏差", 110, 140, "汽化器出口流量偏差"),
    ("AI-3105", "仪表自检", 0, 9, "尾气吸收塔碱液浓度自检"),
    ("XV-1105", "阀位反馈", 95, 100, "1号储罐出料阀位反馈"),
    ("SYS", "操作员确认", 0, 9, "操作员确认报警"),
    ("P-3101A", "运行反馈", 40, 49, "碱液循环泵A运行反馈"),
]


def chatter(dice, start, end, mean_s):
    at = start
    while True:
        at += dt.timedelta(seconds=1 + dice.below(2 * mean_s))
        if at >= end:
            return
        tag, kind, low, high, text = dice.pick(CHATTER)
        value = low + dice.below(100 * (high - low)) / 100
        yield at, f"{at:%Y-%m-%d %H:%M:%S},{tag},{kind},{value:.2f},{text}"


def dcs_log():
    """About 400 rows: chatter, the events of the accident, one row twice, two broken dates."""
    dice = Dice(20250518)
    start = dt.datetime.combine(DAY, dt.time(13, 0))
    rows = list(chatter(dice, start, start + dt.timedelta(hours=4, minutes=30), 42))
    for text in DCS_EVENTS.strip("\n").split("\n"):
        rows.append((dt.datetime.fromisoformat(text.split(",")[0]), text))
    rows.sort(key=lambda row: row[0])
    texts = [text for _, text in rows]
    texts.insert(120, texts[119])
    texts.insert(61, "2025-05-18 13:4?:07,PI-1102,压力偏差,59.31,1号液氯储罐压力偏差")
    texts.insert(300, "2025-05-18 25:61:00,TI-1101,温度偏差,21.07,1号液氯储罐温度偏差")
    return "\n".join(["时间,位号,类型,值,描述", *texts])


DCS_EVENTS = """
2025-05-18 14:02:40,GDS-017,高报,3.2,氯气浓度高报 液氯储罐区东侧
2025-05-18 14:02:55,GDS-018,高报,2.1,氯气浓度高报 液氯储罐区南侧
2025-05-18 14:03:10,GDS-017,高高报,6.8,氯气浓度高高报 液氯储罐区东侧
2025-05-18 14:03:22,GDS-016,高报,1.7,氯气浓度高报 液氯储罐区北侧
2025-05-18 14:03:40,PA-8800,应急广播,1,厂区应急广播启动
2025-05-18 14:04:10,GDS-021,高报,1.4,氯气浓度高报 充装站台
2025-05-18 14:06:42,GDS-015,高报,1.2,氯气浓度高报 汽化器间
"""


def readings():
    """GDS-017 every ten seconds: one lone spike, then a stay above 1.0 ppm."""
    dice = Dice(17)
    at = dt.datetime.combine(DAY, dt.time(13, 58))
    rows = ["时间,位号,浓度ppm,量程,状态"]
    leak = dt.datetime.combine(DAY, dt.time(14, 2, 40))
    spike = dt.datetime.combine(DAY, dt.time(13, 59, 20))
    while at <= dt.datetime.combine(DAY, dt.time(14, 22)):
        value = dice.below(30) / 100
        if at == spike:
            value = 1.35
        elif at == leak:
            value = 3.2
        elif at > leak:
            value = min(18.5, 3.2 + (at - leak).seconds * 0.12) + dice.below(40) / 100
        rows.append(f"{at:%Y-%m-%d %H:%M:%S},GDS-017,{value:.2f},0-20,正常")
        at += dt.timedelta(seconds=10)
    return "\n".join(rows)


# --- the switchboard: clock about 192 s slow, never compared with another clock ------------------

PBX_CALLS = [
    ("13:58:58", "8101", "8800", "内线", 25, "扩播接入"),
    ("14:00:08", "8101", "12350", "出局", 61, "中控室外线"),
    ("14:00:58", "8101", "119", "出局", 74, "中控室外线"),
    ("14:01:48", "8101", "120", "出局", 58, "中控室外线"),
]


def calls():
    dice = Dice(8101)
    rows = list(PBX_CALLS)
    at = dt.datetime.combine(DAY, dt.time(12, 30))
    while at < dt.datetime.combine(DAY, dt.time(16, 30)):
        at += dt.timedelta(seconds=180 + dice.below(600))
        who, whom = dice.pick(["8102", "8103", "8120", "8201"]), dice.pick(["8110", "8202", "8301"])
        rows.append((f"{at:%H:%M:%S}", who, whom, "内线", 12 + dice.below(200), "生产调度"))
    rows.sort(key=lambda row: row[0])
    table = [["甲化工公司程控交换机呼叫记录（2025年5月18日导出）"],
             ["序号", "开始时间", "主叫", "被叫", "方向", "时长秒", "话务组"]]
    for n, (time, *rest) in enumerate(rows, 1):
        table.append([n, dt.datetime.combine(DAY, dt.time.fromisoformat(time)), *rest])
    return [("呼叫记录", table)]


DRILLS = [("演练台账", [
    ["演练日期", "演练类型", "演练名称", "参加人数", "已评估", "疏散用时分"],
    ["2022-03-17", "现场处置方案", "充装站台泄漏处置演练", 34, "是", 9],
    ["2022-09-22", "专项", "液氯储罐泄漏专项演练", 71, "是", 12],
    ["2023-03-16", "现场处置方案", "汽化器间泄漏处置演练", 36, "是", 9],
    ["2023-09-21", "综合", "综合应急演练", 92, "是", 14],
    ["2024-03-21", "现场处置方案", "充装站台泄漏处置演练", 38, "是", 8],
    ["2024-09-19", "综合", "综合应急演练", 86, "是", 13],
    ["2025-03-20", "专项", "液氯储罐泄漏专项演练", 74, "是", 11],
])]


# --- smaller records, each as its keeper exports or types it ---------------------------------------

DUTY = """
序号,来电时间,应答时间,来电号码,来电单位,事项类别,内容,处置情况
0518-01,2025年5月18日08时00分,,,,交接班,夜班交白班，通信设备正常,已交接
0518-02,2025/5/18 08:42,2025/5/18 08:42:11,内线,乙市应急管理局,点名,周日值守点名,在岗
0518-03,2025/5/18 09:15,,传真,甲县气象局,天气,东南风2到3级，多云,转发
0518-04,2025年5月18日10时20分,2025/5/18 10:20:15,外线,某加油站,咨询,咨询动火报备,告知程序
0518-05,2025年5月18日11时05分,2025/5/18 11:05:20,12350,群众,举报,反映沿街商铺占用通道,转消防
0518-06,2025/5/18 12:00,,,,巡查,视频巡查重点企业,未见异常
0518-07,2025年5月18日12时50分,2025/5/18 12:50:12,外线,丙镇人民政府,值守,镇值班室抽查,在岗
0518-08,2025/5/18 13:30,,,,巡查,视频巡查重点企业,未见异常
0518-09,2025年5月18日14时50分,2025/5/18 14:51:03,12350,甲化工公司,报警接警,中控室称液氯储罐区泄漏，有人员受伤,记录并转值班负责人
0518-10,2025年5月18日15时13分,,传真,甲化工公司,事故报告,收到事故快报BG-01,登记
0518-11,2025/5/18 15:20,,外呼,甲县人民政府总值班室,报告本级政府,报告液氯泄漏事故,县政府总值班室接收
0518-12,2025年5月18日15时22分,,,,负责人赶赴,局主要负责人从机关出发,随行3人
0518-13,2025年5月18日15时50分,,手台,甲县应急管理局,负责人到达,局主要负责人到达事故现场,已报县政府
0518-14,2025/5/18 16:15,2025/5/18 16:15:09,外线,丙镇人民政府,续情,村民已在学校安置,记录
0518-15,2025年5月18日18时30分,,,,值守,调度现场情况,记录
0518-16,2025年5月18日20时00分,,,,交接班,白班交夜班,已交接
"""

FIRE = """
警情号,时间,类别,对象,内容
119-2025-0518-031,2025-05-18 13:21:40,接警,119台,电动车起火
119-2025-0518-032,2025-05-18 14:04:26,接警,119台,甲化工公司液氯泄漏
119-2025-0518-032,2025-05-18 14:04:31,应答,119台,接警员应答
119-2025-0518-032,2025-05-18 14:05:20,出动,主战中队,第一出动
119-2025-0518-032,2025-05-18 14:05:20,派出,消101,重型防化车
119-2025-0518-032,2025-05-18 14:05:24,派出,消102,水罐车
119-2025-0518-032,2025-05-18 14:10:00,首车到场,消101,到达事故单位东门
119-2025-0518-032,2025-05-18 14:10:00,到场,消101,到达
119-2025-0518-032,2025-05-18 14:10:06,到场,消102,到达
119-2025-0518-032,2025-05-18 14:12:00,派出,消203,增援
119-2025-0518-032,2025-05-18 14:31:00,到场,消203,到达
119-2025-0518-032,2025-05-18 14:40:10,派出,消305,增援洗消车
119-2025-0518-032,2025-05-18 15:02:30,到场,消305,到达
119-2025-0518-033,2025-05-18 16:47:12,接警,119台,路边垃圾起火
"""

AMBULANCE = """
时间,类别,车辆,内容
2025-05-18 14:05:15,接警,,甲化工公司多人吸入氯气
2025-05-18 14:07:30,出车,急01,首车出车
2025-05-18 14:07:30,派出,急01,
2025-05-18 14:08:05,派出,急02,
2025-05-18 14:16:10,到场,急01,
2025-05-18 14:19:30,到场,急02,
2025-05-18 14:52:00,送院,急01,送县人民医院
"""

PLATFORM = """
接收时间,位号,报警类型,浓度ppm,状态
2025-05-18 13:58:00,GDS-017,心跳,,正常
2025-05-18 14:00:00,GDS-021,心跳,,正常
2025-05-18 14:01:16,GDS-017,高报,3.2,报警
2025-05-18 14:01:31,GDS-018,高报,2.1,报警
2025-05-18 14:01:46,GDS-017,高高报,6.8,报警
2025-05-18 14:01:58,GDS-016,高报,1.7,报警
2025-05-18 14:02:46,GDS-021,心跳,,正常
2025-05-18 14:05:18,GDS-015,高报,1.2,报警
2025-05-18 14:10:00,GDS-021,心跳,,正常
2025-05-18 14:20:00,GDS-017,心跳,,正常
"""

FILING = """
登记日期,事项,单位,演练日期,演练类型,人数,备注
2022-03-24,演练报送,甲化工公司,2022-03-17,现场处置方案,34,
2022-09-28,演练报送,甲化工公司,2022-09-22,专项,71,
2022-11-02,演练报送,丁储运公司,2022-10-27,综合,40,
2023-03-22,演练报送,甲化工公司,2023-03-16,现场处置方案,36,
2023-09-27,演练报送,甲化工公司,2023-09-21,综合,92,
2024-03-27,演练报送,甲化工公司,2024-03-21,现场处置方案,38,
2024-09-25,业务咨询,甲化工公司,,,,来电询问演练材料报送格式
2024-10-30,演练报送,丁储运公司,2024-10-24,专项,37,
2025-03-26,演练报送,甲化工公司,2025-03-20,专项,74,
"""

GATE = """
时间,车号,类别,方向,值守岗位
2025-05-18 13:12:04,货-3316,货车,进,东门岗
2025-05-18 13:40:51,货-3316,货车,出,东门岗
2025-05-18 14:09:10,消101,救援,进,东门岗
2025-05-18 14:09:20,消102,救援,进,东门岗
2025-05-18 14:15:10,急01,救援,进,东门岗
2025-05-18 14:18:30,急02,救援,进,东门岗
2025-05-18 14:42:40,消203,救援,进,东门岗
2025-05-18 14:50:20,急01,救援,出,东门岗
2025-05-18 15:01:30,消305,救援,进,东门岗
"""

ORDERS = """
指令编号,下达时间,内容,执行单位,签收时间
ZL-01,2025/5/18 17:40,核对1号储罐切断阀状态并远程复位,甲化工公司,2025/5/18 17:42
ZL-02,2025/5/18 17:55,启动2号碱液循环泵,甲化工公司,2025/5/18 17:56
ZL-03,2025/5/18 18:10,1号储罐向2号储罐倒罐,甲化工公司,2025/5/18 18:12
ZL-04,2025/5/18 18:30,开启事故风机抽送尾气吸收塔,甲化工公司,2025/5/18 18:32
ZL-05,2025/5/18 19:20,停汽化器热水循环,甲化工公司,2025/5/18 19:21
"""

ACTIONS = """
时间,位号,动作,指令编号,操作岗位
2025-05-18 14:07:10,XV-1105,紧急切断,,中控
2025-05-18 14:09:30,P-3101A,启动,,中控
2025-05-18 17:47:30,XV-1105,复位核对,ZL-01,中控
2025-05-18 18:03:30,P-3101B,启动,ZL-02,中控
2025-05-18 18:17:30,XV-1210,开,ZL-03,中控
2025-05-18 19:03:30,FAN-3201,启动,ZL-04,中控
2025-05-18 19:28:30,P-2102,停,ZL-05,中控
"""

TECH_ISSUED = """
时间,资料代码,资料名称,份数,交付岗位
2025/5/18 14:14,safety-data-sheet,液氯安全技术说明书,2,安全管理岗
2025/5/18 14:15,flow-and-piping,储罐区工艺流程与管线图,1,安全管理岗
2025/5/18 14:15,site-plan,厂区总平面图,1,安全管理岗
2025/5/18 14:16,stock,各储罐存量清单,1,安全管理岗
2025/5/18 14:16,experts,技术人员与专家名单,1,安全管理岗
"""

TECH_RECEIVED = """
时间,资料代码,资料名称,签收岗位
2025/5/18 14:17,safety-data-sheet,液氯安全技术说明书,主战中队指挥员
2025/5/18 14:18,contact-card,厂区通讯录,主战中队指挥员
2025/5/18 14:18,site-plan,厂区总平面图,主战中队指挥员
2025/5/18 14:19,stock,各储罐存量清单,主战中队指挥员
2025/5/18 14:19,experts,技术人员与专家名单,主战中队指挥员
"""

WARNINGS_ISSUED = """
预警编号,发布时间,级别代码,级别,类型,内容,发布岗位
YJ-031,2025/5/15 08:30,blue,蓝色,大风,阵风6级，注意高处作业,指挥中心
YJ-032,2025/5/16 10:00,orange,橙色,雷电,强雷电，停止露天装卸,指挥中心
YJ-033,2025/5/17 16:00,yellow,黄色,高温,危化品储罐加强降温巡检,指挥中心
"""

WARNINGS_RECEIVED = """
预警编号,收到时间,接收岗位,落实时间,落实措施
YJ-031,2025/5/15 08:41,调度岗,2025/5/15 09:20,暂停高处作业
YJ-032,2025/5/16 10:06,调度岗,2025/5/16 10:40,停止露天装卸
YJ-033,2025/5/17 16:52,调度岗,2025/5/17 17:30,开启储罐喷淋
"""

FOLLOWUPS_SENT = """
编号,变化时间,发出时间,死亡,失联,受伤,内容,方式
BH-01,2025/5/18 19:05,2025/5/18 19:40,3,0,11,新增1人入院,传真
BH-02,2025/5/18 21:30,2025/5/18 22:00,3,0,12,新增1人入院,传真
BH-03,2025/5/19 09:10,2025/5/19 10:00,3,0,12,2人由轻伤转重伤,传真
"""

FOLLOWUPS_RECEIVED = """
类别,编号,收到时间,上报时间,内容
续报,BH-01,2025/5/18 19:44,2025/5/18 20:10,新增1人入院
续报,BH-02,2025/5/18 22:05,2025/5/18 22:40,新增1人入院
来文,,2025/5/19 10:06,,收到事故单位车辆通行申请
"""

PLANT_LOG = """
时间,事项,级别,内容,记录岗位
2025年5月18日14时02分,现场发现,,巡检岗闻到刺激性气味并看到黄绿色气雾,值班长
2025年5月18日14时04分,队伍到场,,公司应急队到达储罐区上风侧,值班长
2025年5月18日14时05分,负责人知悉,,值班长电话报告公司主要负责人,值班长
2025年5月18日14时06分,启动预案,III,启动公司液氯泄漏专项预案,值班长
2025年5月18日14时12分,指挥到位,,生产副职到现场指挥,值班长
2025年5月18日14时24分,疏散指令,,通知厂内非应急人员向上风向撤离,值班长
2025年5月18日15时12分,向监管部门报告,,向县应急管理局传真事故快报BG-01,办公室
2025年5月18日15时35分,高压停电,,厂区高压进线停电,电气岗
"""

SUPERIORS = """
层级,收到时间,来文单位,方式
市级,2025年5月18日16时20分,甲县应急管理局,电话加书面
省级,2025年5月18日18时55分,乙市应急管理局,书面
"""

POWER = """
时间,线路,事件
2025-05-18 11:02:17,10kV化工一线,遥测正常
2025-05-18 15:20:00,10kV化工一线,用户侧进线开关分闸
"""

CCTV = """
画面时间,机位,画面内容
2025-05-18 15:10:00,东门枪机,空载槽车驶离东门
2025-05-18 15:20:00,东门枪机,东门关闭
"""

RADIO = """
录音时间,信道,内容摘要
2025-05-18 15:31:20,3,东门岗报：空载槽车已驶离
2025-05-18 15:43:20,3,东门岗报：东门已关闭
"""

CLOCKS = """
序号,设备,核对时间,设备读数,标准时间,差值秒,核对人数,说明
1,DCS服务器,2025-05-19 10:12:00,10:13:30,10:12:00,+90（±2）,2,快90秒
2,119调度系统,2025-05-19 11:05:00,11:05:00,11:05:00,0（±1）,2,
3,120调度系统,2025-05-19 11:40:00,11:40:00,11:40:00,0（±1）,2,
4,在线监测平台,2025-05-19 14:00:00,14:00:00,14:00:00,0（±2）,2,
5,门岗车辆系统,2025-05-19 15:20:00,15:19:30,15:20:00,-30（±2）,2,慢30秒
6,程控交换机,,,,未核对,2,取证前已断电重启，时钟不可核
7,东门监控与对讲录音,,,,未核对,2,两台设备均无授时
"""

REPORT = """
生产安全事故快报
编号：BG-01　　报告单位：甲化工公司　　报告方式：传真
一、单位概况：甲化工公司，液氯储存与充装，从业人员142人，重大危险源一级。
二、时间地点现场：2025年5月18日14时01分，液氯储罐区，东侧有黄绿色气雾。
三、简要经过：1号储罐出料管线法兰泄漏，当班启动应急广播并切断。
四、伤亡与损失：截至15时10分，死亡3人，失联0人，受伤10人；初步估计直接经济损失1260万元。
六、其他：厂内非应急人员已撤至上风向集合点。
报告时间：2025年5月18日15时12分
"""

RECEIVED = """
事故信息接收单
编号：BG-01　　来文：甲化工公司传真　　接收：甲县应急管理局值班室
事故时间：2025年5月18日14时01分　　地点：液氯储罐区
截至15时10分：死亡3人，失联0人，受伤10人　　损失：1260万元
所含要素：单位概况、时间地点现场、简要经过、伤亡与损失、其他
接收时间：2025年5月18日15时13分
"""

SENT_UP = """
事故信息上报件
编号：BG-01　　报送：乙市应急管理局　　抄送：甲县人民政府
事故时间：2025年5月18日14时01分　　地点：液氯储罐区
截至15时10分：死亡3人，失联0人，受伤10人　　损失：630万元
所含要素：单位概况、时间地点现场、简要经过、伤亡与损失、其他
"""

ESTABLISHED = """
伤亡核实表（评估组与县卫生健康局共同核对住院与急救记录）
截至2025年5月18日15时10分：死亡3人，失联0人，受伤12人（其中2人自行就医，未计入快报）
"""

STATEMENT = """
甲化工公司情况说明
我公司汇总：截至2025年5月18日20时00分，事故造成死亡4人（含1名正在抢救人员）。
"""

BULLETIN = """
甲县人民政府情况通报
截至2025年5月18日20时00分，事故造成死亡3人，受伤人员正在救治。
"""

NOTICE = """
甲县人民政府应急响应启动通知
一、响应事项：甲化工公司液氯泄漏事故
二、响应级别：II级
三、预计期限：至泄漏源消除、环境监测连续两小时达标为止
四、应急处置措施：警戒疏散、医疗救治、环境监测、交通管制
启动时间：2025年5月18日15时35分
"""

POST = """
现场指挥部工作记录
2025年5月18日17时25分：宣布成立现场指挥部，明确总指挥、组成单位与分工。
指挥权由企业移交，移交单签字人：企业现场指挥、局主要负责人。
2025年5月18日17时40分：下达ZL-01。
"""

HANDOVER = """
现场指挥权移交单
移交时间：2025年5月18日17时26分
移交内容：泄漏部位、已采取措施、在场人员、储罐存量
签字人：企业现场指挥、局主要负责人
"""

TALK_SHIFT = """
询问笔录（第1页，共2页）
问：你在事故当班担任什么岗位？
答：中控室值班长。
问：什么时候发现异常？
答：大概两点钟左右，巡检岗用对讲机说闻到刺激味。
问：向外报警是谁打的？
答：我让中控室用固定电话打的，先打12350，又打119、120。
（第2页，共2页）
问：12350接通了吗？
答：接通了，说了一分钟左右，对方说记下了。
被询问人签名：（已签）
"""

TALK_DUTY = """
询问笔录（第1页，共1页）
问：你在5月18日白班担任什么岗位？
答：应急管理局值班室值班员。
问：12350来电如何登记？
答：接听后记在值班登记簿上，忙的时候会先记在便签上，之后补登。
被询问人签名：（已签）
"""

TALK_VILLAGE = """
询问笔录（第1页，共1页）
问：你当时在哪里？
答：在厂东面的村里，先听到厂里广播，过一阵闻到味。
问：什么时候接到撤离通知？
答：说不准，比闻到味要晚。
被询问人签名：（已签）
"""

# id, file, encoding, line end, kind, party, clock, kind of source, mapping, title
RECORDS = [
    ("E01", "dcs_alarm.csv", "gb18030", "\r\n", "EV4", "plant", "dcs", "log", "dcs", "DCS报警日志导出"),
    ("E02", "pbx_calls.xlsx", None, None, "EV4", "plant", "pbx", "log", "pbx", "程控交换机呼叫记录"),
    ("E03", "duty_register.csv", "utf-8", "\n", "EV1", "bureau", "duty", "duty-log", "duty", "县应急管理局值班登记"),
    ("E04", "119_dispatch.csv", "utf-8", "\r\n", "EV4", "fire", "c119", "platform", "fire", "119调度记录"),
    ("E05", "120_dispatch.csv", "utf-8", "\r\n", "EV4", "ems", "c120", "platform", "ambulance", "120调度记录"),
    ("E06", "platform.csv", "utf-8-sig", "\r\n", "EV4", "bureau", "platform", "platform", "platform", "在线监测平台接收记录"),
    ("E07", "detector_readings.csv", "utf-8", "\r\n", "EV4", "plant", "dcs", "log", "readings", "GDS-017探测器浓度数据"),
    ("E08", "drills.xlsx", None, None, "EV1", "plant", "civil", "form", "drills", "企业应急演练台账"),
    ("E09", "filing_register.csv", "utf-8", "\n", "EV1", "bureau", "duty", "form", "filing", "演练报送登记"),
    ("E10", "gate_log.csv", "gb18030", "\r\n", "EV4", "plant", "gate", "log", "gate", "东门岗车辆记录"),
    ("E11", "orders.csv", "utf-8", "\n", "EV1", "post", "post", "form", "orders", "现场指挥部指令单"),
    ("E12", "dcs_actions.csv", "gb18030", "\r\n", "EV4", "plant", "dcs", "log", "actions", "DCS操作记录"),
    ("E13", "tech_issued.csv", "utf-8", "\n", "EV1", "plant", "civil", "form", "tech_issued", "技术资料移交清单"),
    ("E14", "tech_received.csv", "utf-8", "\n", "EV1", "fire", "civil", "form", "tech_received", "技术资料签收清单"),
    ("E15", "warnings_issued.csv", "utf-8", "\n", "EV4", "bureau", "duty", "platform", "warnings_issued", "预警发布记录"),
    ("E16", "warnings_received.csv", "utf-8", "\n", "EV1", "plant", "civil", "form", "warnings_received", "预警接收台账"),
    ("E17", "report_sent.txt", "utf-8", "\n", "EV1", "plant", "civil", "form", None, "事故快报BG-01（企业存底）"),
    ("E18", "report_received.txt", "utf-8", "\n", "EV1", "bureau", "duty", "form", None, "事故信息接收单BG-01"),
    ("E19", "report_sent_up.txt", "utf-8", "\n", "EV1", "bureau", "duty", "official-document", None, "事故信息上报件BG-01"),
    ("E20", "followups_sent.csv", "utf-8", "\n", "EV1", "plant", "civil", "form", "followups_sent", "续报发出台账"),
    ("E21", "followups_received.csv", "utf-8", "\n", "EV1", "bureau", "duty", "duty-log", "followups_received", "续报接收台账"),
    ("E22", "interview_shift_leader.txt", "utf-8", "\n", "EV6", "plant", "civil", "interview", None, "询问笔录：值班长"),
    ("E23", "interview_duty_officer.txt", "utf-8", "\n", "EV5", "bureau", "duty", "interview", None, "询问笔录：值班员"),
    ("E24", "interview_villager.txt", "utf-8", "\n", "EV5", "village", "civil", "interview", None, "询问笔录：村民"),
    ("E25", "clock_check.csv", "utf-8", "\n", "EV8", "team", "civil", "official-document", None, "设备时钟核对记录"),
    ("E26", "plant_log.csv", "utf-8", "\n", "EV1", "plant", "civil", "form", "plant_log", "企业应急处置记录"),
    ("E27", "response_notice.txt", "utf-8", "\n", "EV1", "county", "civil", "official-document", None, "应急响应启动通知"),
    ("E28", "command_post.txt", "utf-8", "\n", "EV1", "post", "post", "official-document", None, "现场指挥部工作记录"),
    ("E29", "superiors.csv", "utf-8", "\n", "EV1", "city", "superior", "official-document", "superiors", "上级接报回执"),
    ("E30", "cctv.csv", "utf-8", "\r\n", "EV4", "plant", "cctv", "log", "cctv", "东门监控画面摘录"),
    ("E31", "radio.csv", "utf-8", "\r\n", "EV4", "plant", "radio", "log", "radio", "对讲录音摘录"),
    ("E32", "casualties_established.txt", "utf-8", "\n", "EV8", "team", "civil", "official-document", None, "伤亡核实表"),
    ("E33", "power_dispatch.csv", "utf-8", "\r\n", "EV4", "grid", "civil", "platform", "power", "供电公司调度记录"),
    ("E34", "plant_statement.txt", "utf-8", "\n", "EV1", "plant", "civil", "form", None, "甲化工公司情况说明"),
    ("E35", "county_bulletin.txt", "utf-8", "\n", "EV1", "county", "civil", "official-document", None, "甲县人民政府情况通报"),
    ("E36", "handover_sheet.txt", "utf-8", "\n", "EV1", "plant", "civil", "form", None, "现场指挥权移交单"),
]

MEDIUM = {"csv": "导出文件，光盘封存", "xlsx": "导出文件，光盘封存", "txt": "纸质原件，录入文本"}

# No person is invented, so what would name one is withheld, and the field says so.
WITHHELD = (
    'name = "虚构案例，隐去"\nage = "隐去"\nsex = "隐去"\naddress = "隐去"\nsignature = "已签"\n'
    'date = "2025-05-23"\nidentity-paper = "隐去"\n'
)

FIELDS = {
    "EV1": 'form = "与原件核对无误的复制件"\nsource-note = "由保管单位提供"\nholder-stamp = "已盖章"\n',
    "EV4": 'carrier = "导出副本，原系统硬盘已封存"\nmethod = "厂商工具导出，两人在场"\n'
    'made-at = "2025-05-19"\nmaker = "评估组技术员"\nproves = "{title}所载时间与内容"\n'
    'integrity-value = "SHA-256，提取时计算，随卷登记"\nsystem = "{title}所在系统"\n'
    'file-format = "{form}"\nclock-offset = "{offset}"\n',
    "EV5": WITHHELD + 'occupation = "见笔录"\n',
    "EV6": WITHHELD + 'occupation = "值班长"\nstanding = "事故单位当班人员"\n',
    "EV8": 'time = "2025-05-19"\nplace = "甲化工公司、各调度机构"\nevent = "{title}"\n'
    'officer-signatures = "两人已签"\nparty-signature = "已签"\n',
}

COLLECTED = {"E09": "2025-05-26T10:00", "E22": "2025-05-23T10:10", "E23": "2025-05-23T11:20",
             "E24": "2025-05-23T15:30", "E32": "2025-05-24T11:00", "E34": "2025-05-24T11:30",
             "E35": "2025-05-24T14:00"}

OFFSET = {"dcs": "快90秒（±2秒），见E25第1项", "c119": "±1秒，见E25第2项", "c120": "±1秒，见E25第3项",
          "platform": "±2秒，见E25第4项", "gate": "慢30秒（±2秒），见E25第5项"}


def originals():
    """Every original by its file name, as text or as sheets."""
    return {
        "dcs_alarm.csv": dcs_log(), "pbx_calls.xlsx": calls(), "duty_register.csv": DUTY,
        "119_dispatch.csv": FIRE, "120_dispatch.csv": AMBULANCE, "platform.csv": PLATFORM,
        "detector_readings.csv": readings(), "drills.xlsx": DRILLS, "filing_register.csv": FILING,
        "gate_log.csv": GATE, "orders.csv": ORDERS, "dcs_actions.csv": ACTIONS,
        "tech_issued.csv": TECH_ISSUED, "tech_received.csv": TECH_RECEIVED,
        "warnings_issued.csv": WARNINGS_ISSUED, "warnings_received.csv": WARNINGS_RECEIVED,
        "report_sent.txt": REPORT, "report_received.txt": RECEIVED, "report_sent_up.txt": SENT_UP,
        "followups_sent.csv": FOLLOWUPS_SENT, "followups_received.csv": FOLLOWUPS_RECEIVED,
        "interview_shift_leader.txt": TALK_SHIFT, "interview_duty_officer.txt": TALK_DUTY,
        "interview_villager.txt": TALK_VILLAGE, "clock_check.csv": CLOCKS,
        "plant_log.csv": PLANT_LOG, "response_notice.txt": NOTICE, "command_post.txt": POST,
        "superiors.csv": SUPERIORS, "cctv.csv": CCTV, "radio.csv": RADIO,
        "casualties_established.txt": ESTABLISHED, "power_dispatch.csv": POWER,
        "plant_statement.txt": STATEMENT, "county_bulletin.txt": BULLETIN,
        "handover_sheet.txt": HANDOVER,
    }


def descriptor(record, data):
    number, name, _, _, kind, party, clock, source, mapping, title = record
    form = name.rsplit(".", 1)[1]
    text = f'id = "{number}"\nkind = "{kind}"\ntitle = "{title}"\nmedium = "{MEDIUM[form]}"\n'
    text += f'party = "{party}"\nclock = "{clock}"\nsource_kind = "{source}"\n'
    text += 'collected_by = ["评估组技术员"]\nwitnessed_by = ["县公证处工作人员"]\n'
    text += f'collected_at = "{COLLECTED.get(number, "2025-05-19T16:30")}:00+08:00"\n'
    if form == "xlsx":
        text += f'sha256 = "{hashlib.sha256(data).hexdigest()}"\n'
    if mapping:
        text += f'mapping = "mappings/{mapping}.toml"\n'
    offset = OFFSET.get(clock, "未核对")
    return text + "\n[fields]\n" + FIELDS[kind].format(title=title, form=form, offset=offset)


def made():
    """Path in the case → bytes, for all that this script makes."""
    content = originals()
    files = {}
    for record in RECORDS:
        name, encoding, end = record[1:4]
        data = xlsx(content[name]) if encoding is None else lines(content[name], encoding, end)
        files[f"evidence/{name}"] = data
        files[f"evidence/{name}.toml"] = descriptor(record, data).encode()
    return files


# --- the twin: the case with every plant taken out -------------------------------------------------

def edit(data, step):
    """Applies one edit of planted.toml; see its head for what the three actions mean."""
    encoding = step.get("encoding", "utf-8")
    old = step["from"].encode(encoding)
    if step["action"] == "set":
        if data.count(old) != 1:
            raise SystemExit(f"{step['file']}: {step['from']!r} stands there {data.count(old)} times")
        return data.replace(old, step["to"].encode(encoding))
    rows = data.splitlines(keepends=True)
    at = [n for n, row in enumerate(rows) if row.rstrip(b"\r\n") == old]
    if len(at) != 1:
        raise SystemExit(f"{step['file']}: line {step['from']!r} stands there {len(at)} times")
    row = rows[at[0]]
    end = row[len(row.rstrip(b"\r\n")):]
    rows[at[0]] = b"" if step["action"] == "drop-row" else step["to"].encode(encoding) + end
    return b"".join(rows)


def twin(files):
    """The clean twin's files, from those of the case."""
    planted = tomllib.loads(files["planted.toml"].decode())
    clean = {path: data for path, data in files.items() if path != "planted.toml"}
    for step in [step for plant in planted["plant"] for step in plant["remove"]] + planted["twin"]:
        clean[step["file"]] = edit(clean[step["file"]], step)
    return clean


def on_disk(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def main():
    check = "--check" in sys.argv[1:]
    case = {**on_disk(CASE), **made()}
    wrong = []
    for folder, files in [(CASE, case), (TWIN, twin(case))]:
        there = on_disk(folder)
        for path, data in files.items():
            if there.get(path) != data:
                wrong.append(folder.name + "/" + path)
                if not check:
                    (folder / path).parent.mkdir(parents=True, exist_ok=True)
                    (folder / path).write_bytes(data)
        if folder == TWIN:
            wrong += [f"{folder.name}/{path} (not of the twin)" for path in there if path not in files]
    for path in wrong:
        print(("differs: " if check else "wrote: ") + path)
    if check and wrong:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
