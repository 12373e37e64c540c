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
2025-05-18 14:09:20,消-102,救援,进,东门岗
2025-05-18 14:15:10,急01,救援,进,东门岗
2025-05-18 14:18:30,急０２,救援,进,东门岗
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
2025年5月18日14时20分,通知周边,,电话通知丙镇政府和厂东村委会,办公室
2025年5月18日14时24分,疏散指令,,通知厂内非应急人员向上风向撤离,值班长
2025年5月18日14时37分,疏散完成,,集合点点名63人，无人未到,安全管理岗
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
指挥权由企业移交，移交单签字人：企业现场指挥、局分管负责人。
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

# --- preparedness, lists and papers of both sides -------------------------------------------------

PLAN_LIST = """
预案名称,版本,签署发布日期,发文号
综合应急预案,V3.0,2024-03-04,甲化安〔2024〕6号
液氯泄漏专项应急预案,V2.1,2024-11-11,甲化安〔2024〕31号
现场处置方案汇编,V2.0,2024-11-11,甲化安〔2024〕32号
"""

PLAN_FILING = """
备案日期,单位,预案名称,版本,备案编号,结论
2024-03-22,甲化工公司,综合 应急预案,V3.0,BA-2024-0011,予以备案
2024-11-29,甲化工公司,液氯泄漏专项应急预案,V2.0,BA-2024-0047,予以备案
2024-11-29,甲化工公司,现场处置方案汇编,V2.0,BA-2024-0048,予以备案
2024-12-05,丁储运公司,综合应急预案,V1.2,BA-2024-0051,予以备案
"""

PLAN_ELEMENTS = """
要素编号,要素,有无,页码
CP-1.1,适用范围,有,3
CP-1.2,响应分级,有,4
CP-2,应急组织机构及职责,有,6
CP-3.1.1,信息接报,有,11
CP-3.1.2,信息处置与研判,有,13
CP-3.2,预警,有,15
CP-3.3,响应启动,有,18
CP-3.4,应急处置,有,20
CP-3.5,应急支援,有,25
CP-3.6,响应终止,有,26
CP-4,后期处置,有,27
CP-5.1,通信与信息保障,有,29
CP-5.2,应急队伍保障,有,30
CP-5.3,物资装备保障,有,31
CP-5.4,其他保障,有,33
SP-1,专项：适用范围,有,36
SP-2,专项：组织机构及职责,有,37
SP-3,专项：响应启动,有,38
SP-4,专项：处置措施,有,40
SP-5,专项：应急保障,无,
OD-1,现场：事故风险描述,有,45
OD-2,现场：应急工作职责,有,46
OD-3,现场：应急处置,有,47
OD-4,现场：注意事项,有,49
AX-1,附件：单位概况,有,51
AX-2,附件：风险评估结果,有,52
AX-3,附件：预案体系与衔接,有,54
AX-4,附件：物资装备清单,有,56
AX-5,附件：通讯录,有,60
AX-6,附件：格式化文本,有,62
AX-7,附件：关键路线标识和图纸,有,64
AX-8,附件：协议或备忘录,无,
"""

SCENARIOS = """
序号,情景,对应预案
1,液氯储罐泄漏,液氯泄漏专项应急预案
2,液氯充装泄漏,液氯泄漏专项应急预案
3,汽化器间泄漏,液氯泄漏专项应急预案
4,尾气吸收失效,现场处置方案汇编
5,碱液灼伤,现场处置方案汇编
6,有限空间中毒,现场处置方案汇编
7,电气火灾,现场处置方案汇编
8,高处坠落,现场处置方案汇编
9,车辆伤害,现场处置方案汇编
10,雷击,综合应急预案
11,大风,综合应急预案
12,液氯槽车厂内事故,
"""

DRILL_PROBLEMS = """
编号,发现日期,问题,整改完成日期
YL-01,2023-09-21,集合点标识不清,2023-10-12
YL-02,2023-09-21,对讲机电量不足,2023-09-25
YL-03,2024-03-21,空气呼吸器佩戴超时,2024-04-18
YL-04,2024-09-19,疏散广播死角,2024-11-06
YL-05,2024-09-19,点名用时过长,2024-10-08
YL-06,2024-09-19,与镇政府联络人变更未更新,2024-09-30
YL-07,2025-03-20,外线报警由谁拨打不明,
YL-08,2025-03-20,碱液喷淋启动慢,2025-04-02
YL-09,2025-03-20,应急照明一处失效,2025-03-28
"""

TRAINING = """
统计日期,应培训人数,已培训人数,说明
2025-03-31,142,138,2024年4月至2025年3月应急培训档案与花名册核对
"""

STOCK_CHECK = """
检查日期,应有件数,完好件数,说明
2025-04-28,120,117,3具空气呼吸器压力不足已送检
"""

OUTAGES = """
时间,位号,状态,说明
2025-05-06 01:00:00,GDS上传链路,中断,光缆检修
2025-05-06 08:12:00,GDS上传链路,恢复,
"""

TEAM_ROSTER = """
队伍名称,类别,人数,负责岗位
甲化工公司应急救援队,专职,24,安全总监
甲化工公司微型消防站,兼职,12,消防主管
"""

TEAM_REPORTS = """
报送日期,单位,队伍名称,人数
2025-01-15,甲化工公司,甲化工公司 应急救援队,31
2025-01-15,甲化工公司,甲化工公司微型消防站,12
2025-01-16,丁储运公司,丁储运公司救援队,10
"""

HAZARD_LEDGER = """
单元编号,单元名称,物质,数量吨,级别
W-01,液氯储罐区,液氯,180,一级
W-02,液氯充装间,液氯,6.5,四级
"""

HAZARD_FILING = """
备案日期,单位,单元编号,物质,数量吨,级别
2023-06-20,甲化工公司,Ｗ－０１,液氯,150,一级
2023-06-20,甲化工公司,Ｗ－０２,液氯,6.5,四级
2023-08-02,丁储运公司,D-01,柴油,900,三级
"""

RECT_ORDERS = """
条目号,责令日期,整改期限,内容,复查日期
ZG-2025-07-1,2025-04-08,2025-04-15,充装站台静电接地失效,2025-04-30
ZG-2025-07-2,2025-04-08,2025-04-20,储罐区法兰紧固件锈蚀,2025-04-30
ZG-2025-07-3,2025-04-08,2025-04-25,应急照明一处不亮,2025-04-30
"""

RECT_CLOSED = """
条目号,完成日期,措施,照片编号
ZG-2025-07-1,2025-04-11,更换接地线并复测,ZP-0711
ZG-2025-07-2,2025-04-28,更换法兰螺栓,ZP-0728
ZG-2025-07-3,2025-04-22,更换灯具,ZP-0722
"""

ROLL_CALL = """
甲化工公司人员清点表（截至2025年5月18日16时00分）
事发时厂内在场：63人（员工58人、外来施工3人、访客2人），未清点到：0人
协助疏散周边群众：420人
清点人：安全管理岗
"""

EVACUATION = """
丙镇人民政府、派出所疏散安置登记汇总（截至2025年5月18日16时00分）
甲化工公司厂内在场：63人，未清点到：0人
疏散周边群众：486人，安置于镇中心学校
登记人：镇值班室
"""

ON_SITE_TRUE = """
事发时在场人数核实表（门禁刷卡、访客登记、施工票证三方核对）
2025年5月18日14时01分在场：63人
"""

CASUALTY_LIST = """
类别,姓名,证件号,伤情,备注
伤亡,赵甲,990000**********0113,死亡,
伤亡,钱乙,990000**********0225,死亡,
伤亡,孙丙,,死亡,外来施工
伤亡,阿力·甲,990000**********0434,重伤,
伤亡,李丁,990000**********0516,重伤,
伤亡,周戊,990000**********062X,重伤,
伤亡,吴己,990000**********0738,重伤,
伤亡,王庚,990000**********0841,重伤,
伤亡,冯辛,990000**********0957,重伤,
伤亡,陈壬,990000**********1062,重伤,
伤亡,褚癸,990000**********1174,重伤,
伤亡,卫甲,990000**********1285,重伤,
伤亡,蒋乙,990000**********1391,重伤,
伤亡,沈丙,990000**********1403,轻伤,自行就医
说明,,,,名单以公司人力资源部登记为准
"""

ADMISSIONS = """
登记时间,姓名,证件号,伤情,机构
2025-05-18 15:05,赵甲,990000**********0113,死亡,县殡仪馆
2025-05-18 15:05,钱乙,990000**********0225,死亡,县殡仪馆
2025-05-18 15:20,孙丙,990000**********0307,死亡,县殡仪馆
2025-05-18 15:02,阿力甲,990000**********0434,重伤,县人民医院
2025-05-18 15:02,李丁,990000********380516,重伤,县人民医院
2025-05-18 15:04,周戊,990000**********062x,重伤,县人民医院
2025-05-18 15:06,吴己,９９００００**********０７３８,重伤,县人民医院
2025-05-18 15:09,王 庚,990000**********0841,重伤,县人民医院
2025-05-18 15:12,冯辛,990000**********0957,重伤,县人民医院
2025-05-18 15:15,陈壬,990000**********1062,重伤,县人民医院
2025-05-18 15:17,褚癸,990000**********1174,重伤,县人民医院
2025-05-18 15:21,卫甲,990000**********1285,重伤,县人民医院
2025-05-18 15:40,蒋乙,990000**********1391,重伤,县人民医院
2025-05-18 15:08,沈丙,990000**********1403,轻伤,镇卫生院
2025-05-18 15:08,韩丁,990000**********1516,轻伤,镇卫生院
"""

PORTABLE = """
时间,点位,物质,浓度ppm,误差ppm,东向米,北向米
2025-05-18 16:30:00,东厂界,氯气,3.1,0.1,210,35
2025-05-18 17:00:00,东厂界,氯气,1.2,0.1,210,35
2025-05-18 17:30:00,东厂界,氯气,1.1,0.1,210,35
2025-05-18 18:00:00,厂东村口,氯气,0.3,0.1,620,80
"""

ENV_MONITOR = """
采样时间,点位,物质,浓度ppm,误差ppm,东向米,北向米,分析岗位
2025-05-18 16:34:00,东厂界外,氯气,3.3,0.1,215,30,应急监测组
2025-05-18 17:03:00,东厂界外,氯气,2.9,0.1,215,30,应急监测组
2025-05-18 17:33:00,东厂界外,氯气,1.2,0.1,215,30,应急监测组
2025-05-18 18:05:00,厂东村口,氯气,0.3,0.1,630,85,应急监测组
"""

ALLOCATION = """
批次,物资,数量,调拨时间,送达时间,接收地点
WZ-01,液碱（吨）,20,2025/5/18 16:05,2025/5/18 17:10,东门
WZ-02,重型防化服,40,2025/5/18 16:10,2025/5/18 16:55,指挥部
WZ-03,空气呼吸器,30,2025/5/18 16:10,2025/5/18 16:55,指挥部
"""

SUPPLIES_RECEIVED = """
批次,物资,数量,签收时间,签收岗位
WZ-01,液碱(吨),20,2025/5/18 17:14,物资组
WZ-02,重型防化服,36,2025/5/18 16:58,物资组
WZ-03,空气呼吸器,30,2025/5/18 16:59,物资组
"""

RELEASE_UNIT = """
甲化工公司对外声明登记
RU-1　2025年5月18日18时20分　公司网站　截至18时00分，事故造成3人死亡、10人受伤，无人失联。
RU-2　2025年5月19日15时00分　公司网站　善后工作组联系方式。
"""

RELEASE_OFFICIAL = """
甲县人民政府新闻办发布登记
RO-1　2025年5月18日19时40分　政务发布　截至18时00分，事故造成3人死亡、10人受伤，无人失联。
RO-2　2025年5月19日10时30分　新闻发布会　处置进展与环境监测情况。
"""

PROTECTION = """
编号,物品或部位,类别,保护措施,责任岗位
WP-01,1号储罐出料管线法兰断面,保护,围挡并覆盖,安全管理岗
WP-02,事故段短管,保护,移至封存间,设备岗
WP-03,DCS工程师站硬盘,保护,断网断电,仪表岗
WP-04,法兰垫片,保护,装袋,设备岗
WP-02,事故段短管,移动,抢险中拆下，已标记、绘图并记录,设备岗
"""

SEAL_LIST = """
封存日期,编号,物品,封条号
2025-05-19,WP-01,法兰断面,F-0301
2025-05-19,WP-02,事故段短管,F-0302
2025-05-19,WP-03,工程师站硬盘,F-0303
2025-05-19,WP-09,中控室值班记录本,F-0304
"""

SUMMARY_UNIT = """
时间,事件,内容
2025年5月18日14时01分,发现泄漏,巡检岗发现储罐区泄漏
2025年5月18日14时03分,拨打119,中控室拨打119
2025年5月18日14时05分,下达疏散指令,组织厂内人员撤离
2025年5月18日14时06分,启动预案,启动专项预案
2025年5月18日14时07分,切断阀门,远程切断出料阀
2025年5月18日14时10分,首车到场,消防首车到达
2025年5月18日15时12分,向监管部门报告,传真事故快报
2025年5月18日15时36分,启动政府响应,县政府启动II级响应
2025年5月18日18时20分,倒罐开始,1号罐向2号罐倒罐
2025年5月18日22时10分,泄漏停止,检测无泄漏
"""

SUMMARY_OFFICIAL = """
时间,事件,内容
2025年5月18日14时01分,发现泄漏,企业巡检岗发现泄漏
2025年5月18日14时04分,拨打119,119接到报警
2025年5月18日14时06分,启动预案,企业启动专项预案
2025年5月18日14时06分,切断阀门,企业切断出料阀
2025年5月18日14时10分,首车到场,主战中队到场
2025年5月18日14时24分,下达疏散指令,企业通知厂内人员撤离
2025年5月18日15时13分,向监管部门报告,县应急管理局接到快报
2025年5月18日15时35分,启动政府响应,启动II级响应
2025年5月18日18时18分,倒罐 开始,按ZL-03倒罐
2025年5月18日22时12分,泄漏停止,检测确认
"""

NOTICES = """
通报时间,单位代码,被通报单位,方式
2025/5/18 15:24,public-security,甲县公安局,电话
2025/5/18 15:26,labour,甲县人力资源和社会保障局,电话
2025/5/18 15:27,trade-union,甲县总工会,电话
2025/5/18 15:29,procuratorate,甲县人民检察院,电话
"""

COUNTY_LOG = """
时间,事项,内容
2025年5月18日15时20分,接报,县应急管理局报告液氯泄漏事故
2025年5月18日15时40分,研判,专家研判下风向800米内须疏散
2025年5月18日15时52分,群众疏散指令,通知丙镇疏散厂东两个自然村
"""

POLICE_LOG = """
时间,岗位,内容,事项
2025-05-18 14:16:00,北路口,开始设置警戒,设置
2025-05-18 14:28:00,全线,核心区四个路口封闭,警戒封闭
2025-05-18 23:05:00,全线,解除管制,解除
"""

SIGN_IN = """
部门编号,部门,应到,到场时间
GD01,县应急管理局,是,2025/5/18 15:50
GD02,县公安局,是,2025/5/18 14:16
GD03,县卫生健康局,是,2025/5/18 15:58
GD04,县消防救援大队,是,2025/5/18 14:10
GD05,县生态环境分局,是,2025/5/18 16:20
GD06,县交通运输局,是,2025/5/18 16:35
GD07,县工业和信息化局,是,
GD10,县气象局,是,2025/5/18 16:02
GD09,县市场监督管理局,否,2025/5/18 18:10
"""

GOV_DRILLS = """
演练日期,名称,类型
2022-11-15,危险化学品道路运输事故演练,桌面
2024-06-21,化工园区氯气泄漏联合演练,实战
"""

RESCUE_RECORD = """
记录项,名称,页数
receipt,接报与上报,6
response,响应启动与级别,3
command,指挥部组成与变更,4
decisions,会商与决策,9
orders,指令与执行,7
forces,力量调集与到场,5
supplies,物资调用,4
monitoring,监测数据,12
evacuation,警戒与疏散,6
casualties,伤亡与救治,5
release,信息发布,3
end,响应终止,2
"""

CUSTODY = """
条目,应有,保管有效,说明
报警日志,是,是,
通话记录,是,是,
值班登记,是,是,
调度记录,是,是,
门岗记录,是,是,
视频,是,是,
指令单,是,是,
操作记录,是,是,
监测数据,是,是,
通话录音,是,否,电信运营企业未答复
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
    ("E37", "plan_list.csv", "utf-8", "\n", "EV1", "plant", "civil", "form", "plan_list", "企业预案发布台账"),
    ("E38", "plan_filing.csv", "utf-8", "\n", "EV1", "bureau", "duty", "form", "plan_filing", "应急预案备案登记"),
    ("E39", "plan_elements.csv", "utf-8", "\n", "EV1", "team", "civil", "form", "plan_elements", "预案要素核对表"),
    ("E40", "scenarios.csv", "utf-8", "\n", "EV1", "plant", "civil", "form", "scenarios", "事故情景辨识清单"),
    ("E41", "drill_problems.csv", "utf-8", "\n", "EV1", "plant", "civil", "form", "drill_problems", "演练问题整改台账"),
    ("E42", "training.csv", "utf-8", "\n", "EV1", "plant", "civil", "form", "training", "应急培训统计"),
    ("E43", "stock_check.csv", "utf-8", "\n", "EV1", "plant", "civil", "form", "stock_check", "应急物资检查记录"),
    ("E44", "outages.csv", "gb18030", "\r\n", "EV4", "plant", "civil", "log", "outages", "监测上传链路运行记录"),
    ("E45", "team_roster.csv", "utf-8", "\n", "EV1", "plant", "civil", "form", "team_roster", "企业救援队伍名册"),
    ("E46", "team_reports.csv", "utf-8", "\n", "EV1", "bureau", "duty", "form", "team_reports", "应急救援队伍报送台账"),
    ("E47", "hazard_ledger.csv", "utf-8", "\n", "EV1", "plant", "civil", "form", "hazard_ledger", "重大危险源台账"),
    ("E48", "hazard_filing.csv", "utf-8", "\n", "EV1", "bureau", "duty", "form", "hazard_filing", "重大危险源备案登记"),
    ("E49", "rect_orders.csv", "utf-8", "\n", "EV1", "bureau", "duty", "official-document", "rect_orders", "责令整改与复查台账"),
    ("E50", "rect_closed.csv", "utf-8", "\n", "EV1", "plant", "civil", "form", "rect_closed", "隐患整改完成记录"),
    ("E51", "roll_call.txt", "utf-8", "\n", "EV1", "plant", "civil", "form", None, "企业人员清点表"),
    ("E52", "evacuation_register.txt", "utf-8", "\n", "EV1", "township", "civil", "form", None, "疏散安置登记汇总"),
    ("E53", "casualty_list.csv", "utf-8", "\n", "EV1", "plant", "civil", "form", "casualty_list", "企业伤亡名单"),
    ("E54", "admissions.csv", "utf-8", "\n", "EV1", "hospital", "civil", "form", "admissions", "医疗收治与殡仪登记名单"),
    ("E55", "portable.csv", "gb18030", "\r\n", "EV4", "plant", "civil", "log", "portable", "便携检测仪数据"),
    ("E56", "env_monitor.csv", "utf-8", "\n", "EV4", "environment", "civil", "log", "env_monitor", "应急监测数据"),
    ("E57", "allocation.csv", "utf-8", "\n", "EV1", "county", "civil", "form", "allocation", "应急物资调拨与送货单"),
    ("E58", "supplies_received.csv", "utf-8", "\n", "EV1", "post", "post", "form", "supplies_received", "物资签收单"),
    ("E59", "release_unit.txt", "utf-8", "\n", "EV1", "plant", "civil", "form", None, "企业对外声明登记"),
    ("E60", "release_official.txt", "utf-8", "\n", "EV1", "county", "civil", "official-document", None, "政府新闻发布登记"),
    ("E61", "protection_log.csv", "utf-8", "\n", "EV1", "plant", "civil", "form", "protection_log", "现场保护与移动记录"),
    ("E62", "seal_list.csv", "utf-8", "\n", "EV1", "police", "civil", "official-document", "seal_list", "公安封存清单"),
    ("E63", "summary_unit.csv", "utf-8", "\n", "EV1", "plant", "civil", "form", "summary_unit", "企业处置总结附表"),
    ("E64", "summary_official.csv", "utf-8", "\n", "EV1", "county", "civil", "official-document", "summary_official", "县政府处置总结附表"),
    ("E65", "notices.csv", "utf-8", "\n", "EV1", "bureau", "duty", "form", "notices", "法定通报记录"),
    ("E66", "county_log.csv", "utf-8", "\n", "EV1", "county", "civil", "duty-log", "county_log", "县政府总值班室记录"),
    ("E67", "police_log.csv", "utf-8", "\n", "EV4", "police", "civil", "log", "police_log", "警戒与交通管制记录"),
    ("E68", "sign_in.csv", "utf-8", "\n", "EV1", "post", "post", "form", "sign_in", "指挥部部门签到表"),
    ("E69", "gov_drills.csv", "utf-8", "\n", "EV1", "bureau", "duty", "form", "gov_drills", "政府演练台账"),
    ("E70", "rescue_record.csv", "utf-8", "\n", "EV1", "county", "civil", "official-document", "rescue_record", "应急救援记录卷内目录"),
    ("E71", "custody.csv", "utf-8", "\n", "EV1", "team", "civil", "form", "custody", "证据应收与保管登记"),
    ("E72", "people_on_site.txt", "utf-8", "\n", "EV1", "team", "civil", "official-document", None, "事发时在场人数核实表"),
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
        "plan_list.csv": PLAN_LIST, "plan_filing.csv": PLAN_FILING, "plan_elements.csv": PLAN_ELEMENTS,
        "scenarios.csv": SCENARIOS, "drill_problems.csv": DRILL_PROBLEMS, "training.csv": TRAINING,
        "stock_check.csv": STOCK_CHECK, "outages.csv": OUTAGES, "team_roster.csv": TEAM_ROSTER,
        "team_reports.csv": TEAM_REPORTS, "hazard_ledger.csv": HAZARD_LEDGER,
        "hazard_filing.csv": HAZARD_FILING, "rect_orders.csv": RECT_ORDERS,
        "rect_closed.csv": RECT_CLOSED, "roll_call.txt": ROLL_CALL,
        "evacuation_register.txt": EVACUATION, "casualty_list.csv": CASUALTY_LIST,
        "admissions.csv": ADMISSIONS, "portable.csv": PORTABLE, "env_monitor.csv": ENV_MONITOR,
        "allocation.csv": ALLOCATION, "supplies_received.csv": SUPPLIES_RECEIVED,
        "release_unit.txt": RELEASE_UNIT, "release_official.txt": RELEASE_OFFICIAL,
        "protection_log.csv": PROTECTION, "seal_list.csv": SEAL_LIST, "summary_unit.csv": SUMMARY_UNIT,
        "summary_official.csv": SUMMARY_OFFICIAL, "notices.csv": NOTICES, "county_log.csv": COUNTY_LOG,
        "police_log.csv": POLICE_LOG, "sign_in.csv": SIGN_IN, "gov_drills.csv": GOV_DRILLS,
        "rescue_record.csv": RESCUE_RECORD, "custody.csv": CUSTODY, "people_on_site.txt": ON_SITE_TRUE,
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
