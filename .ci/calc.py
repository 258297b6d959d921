"""Drives LibreOffice Calc, which listens at a port of this machine: fills, copies, pastes and reads cells.

    calc.py PORT wait
    calc.py PORT fill FILE         a line a cell: name, tab, text; \\n is a line break, = begins a formula
    calc.py PORT copy A1:C3
    calc.py PORT paste A1
    calc.py PORT read A1:C3        a line a row, tabs between
    calc.py PORT quit
"""
import sys
import time

import uno


def connect(port):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(240):
        try:
            context = resolver.resolve(f"uno:socket,host=127.0.0.1,port={port};urp;StarOffice.ComponentContext")
            desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
            document = desktop.getCurrentComponent()
            if document and document.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
                return context, desktop, document
        except Exception:  # it is not there yet
            pass
        time.sleep(0.25)
    sys.exit("LibreOffice Calc does not answer")


def main(port, what, *arguments):
    context, desktop, document = connect(port)
    sheet = document.Sheets.getByIndex(0)
    dispatcher = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)

    def run(command):
        document.CurrentController.select(sheet.getCellRangeByName(arguments[0]))
        dispatcher.executeDispatch(document.CurrentController.Frame, command, "", 0, ())

    if what == "fill":
        with open(arguments[0], encoding="utf-8") as lines:
            for line in lines:
                name, text = line.rstrip("\n").split("\t", 1)
                cell = sheet.getCellRangeByName(name)
                text = text.replace("\\n", "\n")
                if text.startswith("="):
                    cell.Formula = text
                else:
                    cell.String = text
    elif what == "copy":
        run(".uno:Copy")
    elif what == "paste":
        run(".uno:Paste")
    elif what == "read":
        for row in sheet.getCellRangeByName(arguments[0]).getDataArray():
            print("\t".join(str(cell).replace("\n", "\\n") for cell in row))
    elif what == "quit":
        document.setModified(False)
        try:
            desktop.terminate()
        except Exception:  # the line is cut when it ends
            pass


main(*sys.argv[1:])
