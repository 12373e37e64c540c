"""Makes the documents of this folder. Needs LibreOffice, Chromium, Noto CJK fonts, and the Python
packages python-docx, openpyxl, reportlab, pypdf and pillow. The bytes are committed: other versions
of these programs give other bytes with the same words."""
import pathlib
import subprocess

import docx
import openpyxl
from docx.oxml.ns import qn
from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfWriter
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

document = docx.Document()
document.add_paragraph("某化工厂“5·12”泄漏事故应急救援记录")
document.add_paragraph("2024年5月12日13时13分，值班员发现3号储罐压力异常。")
table = document.add_table(rows=2, cols=3)
for row, words in enumerate([("时间", "事项", "责任人"), ("13:20", "报告119", "李某")]):
    for column, word in enumerate(words):
        table.cell(row, column).text = word
document.sections[0].header.paragraphs[0].text = "内部资料"
document.add_page_break()
last = document.add_paragraph("第二页：消防队13时35分到场，English words 123。")
deleted = docx.oxml.OxmlElement("w:del")
run = docx.oxml.OxmlElement("w:r")
text = docx.oxml.OxmlElement("w:delText")
text.text = "删去的话"
run.append(text)
deleted.append(run)
last._p.append(deleted)
document.save("record.docx")

book = openpyxl.Workbook()
book.active.title = "值班日志"
book.active.append(["时间", "事项"])
book.active.append([])
book.active.append(["13:13", "发现泄漏"])
book.create_sheet("空表")
book.save("log.xlsx")

subprocess.run("soffice --headless --convert-to pdf record.docx".split(), check=True)
pathlib.Path("record.pdf").rename("libreoffice.pdf")
page = "<!doctype html><meta charset=utf-8><style>p{break-after:page}</style>"
page += "<p>现场指挥部于13时40分成立，由副县长任总指挥。<p>第二页：死亡1人，受伤3人。"
pathlib.Path("page.html").write_text(page)
subprocess.run("chromium --headless --no-sandbox --disable-gpu --print-to-pdf=chromium.pdf "
               "--no-pdf-header-footer page.html".split(), check=True)
pathlib.Path("page.html").unlink()

pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
old = canvas.Canvas("old-font.pdf")
old.setFont("STSong-Light", 14)
old.drawString(72, 700, "不嵌入字体的旧式文件：事故报告")
old.save()
locked = PdfWriter(clone_from="old-font.pdf")
locked.encrypt("secret", "owner", algorithm="RC4-128")
locked.write("locked.pdf")

font = ImageFont.truetype("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 20)
scan = Image.new("1", (300, 60), 1)
ImageDraw.Draw(scan).text((10, 15), "扫描件：值班记录", font=font, fill=0)
scan.save("scan.pdf")
