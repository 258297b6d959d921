"""Builds the bundled fonts again; README.md says how to call it.

    python3 rebuild.py text  <folder with Inter's static .otf files>
    python3 rebuild.py icons <unpacked npm package lucide-static>

Writes beside itself: remit-sans-{regular,medium,semibold}.otf and remit-icons.ttf.
The same sources give the same bytes.
"""

import json
import os
import sys
from pathlib import Path

os.environ.setdefault("SOURCE_DATE_EPOCH", "1735689600")  # 2025-01-01, so that bytes repeat

from fontTools import subset
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.svgLib import SVGPath
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent

# Inclusive ranges of characters kept from Inter, where it has them.
RANGES = [
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x024F),  # Latin-1, Latin Extended-A and -B
    (0x02B0, 0x02FF),  # spacing modifiers
    (0x0300, 0x036F),  # combining marks
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x052F),  # Cyrillic
    (0x1E00, 0x1EFF),  # Latin Extended Additional (Vietnamese)
    (0x2000, 0x206F),  # general punctuation
    (0x2070, 0x209F),  # superscripts and subscripts
    (0x20A0, 0x20CF),  # currency
    (0x2100, 0x218F),  # letter-like signs, number forms
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematical operators
    (0x2300, 0x23FF),  # keys
    (0x2460, 0x24FF),  # circled digits
    (0x2500, 0x27BF),  # geometric shapes, signs, check marks
    (0xFB00, 0xFB06),  # ligatures
    (0xFFFD, 0xFFFD),  # replacement
]
WEIGHTS = [
    ("Regular", "regular", 400),
    ("Medium", "medium", 500),
    ("SemiBold", "semibold", 600),
]
# Left out on purpose: `calt` (it would turn "->" into an arrow and change widths that
# `scene::text` has measured) and every feature that must be asked for.
FEATURES = ["ccmp", "locl", "kern", "mark", "mkmk"]

FAMILY = "Remit Sans"
ICON_FAMILY = "Remit Icons"
ICON_EM = 960  # 40 units per Lucide's grid step of 1/24
ICON_STROKE = 1.75
# The icon's middle stands at the middle of Inter's capitals: 0.727 em / 2.
ICON_DESCENT = 130


def tabular_digits(font):
    """The code points of the digits point to the tabular glyphs from now on."""
    features = font["GSUB"].table.FeatureList.FeatureRecord
    lookups = font["GSUB"].table.LookupList.Lookup
    swap = {}
    for record in features:
        if record.FeatureTag == "tnum":
            for index in record.Feature.LookupListIndex:
                for table in lookups[index].SubTable:
                    swap.update(getattr(table, "ExtSubTable", table).mapping)
    # Rounding in the source left some digits a unit or three narrower than the others.
    digits = [swap[font.getBestCmap()[code]] for code in range(ord("0"), ord("9") + 1)]
    advance = max(font["hmtx"][name][0] for name in digits)
    for name in digits:
        font["hmtx"][name] = (advance, font["hmtx"][name][1])
    for table in font["cmap"].tables:
        for code in range(ord("0"), ord("9") + 1):
            if code in table.cmap:
                # Subtables may share one table, hence `get`.
                table.cmap[code] = swap.get(table.cmap[code], table.cmap[code])


def rename(font, family, style, weight):
    names = font["name"]
    full = f"{family} {style}"
    keep = {n.nameID: n.toUnicode() for n in names.names if n.nameID in (0, 5, 7, 8, 13, 14)}
    names.names = []
    values = {
        **keep,
        1: full if style != "Regular" else family,
        2: "Regular",
        3: f"{full};from Inter {keep.get(5, '')}",
        4: full,
        6: full.replace(" ", "") if style == "Regular" else f"{family.replace(' ', '')}-{style}",
        10: "A subset of Inter with tabular figures as its digits.",
        16: family,
        17: style,
    }
    for identifier, value in values.items():
        names.setName(value, identifier, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    if "CFF " in font:
        cff = font["CFF "].cff
        cff.fontNames = [values[6]]
        top = cff[cff.fontNames[0]]
        top.FullName, top.FamilyName = full, family


def build_text(source):
    for style, file_name, weight in WEIGHTS:
        font = TTFont(source / f"Inter-{style}.otf", recalcTimestamp=False)
        tabular_digits(font)
        options = subset.Options()
        options.layout_features = FEATURES
        options.name_IDs = ["*"]
        options.hinting = False
        options.glyph_names = False
        options.notdef_outline = True
        options.drop_tables += ["GlyphOrder"]
        worker = subset.Subsetter(options)
        worker.populate(unicodes=[c for low, high in RANGES for c in range(low, high + 1)])
        worker.subset(font)
        rename(font, FAMILY, style, weight)
        target = HERE / f"remit-sans-{file_name}.otf"
        font.save(target)
        print(target.name, target.stat().st_size, "bytes,", len(font.getBestCmap()), "characters")


def icon_glyph(nodes):
    """Lucide's centre lines, stroked and merged into outlines."""
    import pathops

    merged = pathops.Path()
    for name, attributes in nodes:
        text = " ".join(f'{k}="{v}"' for k, v in attributes.items() if k not in ("key", "fill"))
        svg = f'<svg xmlns="http://www.w3.org/2000/svg"><{name} {text}/></svg>'
        line = pathops.Path()
        SVGPath.fromstring(svg.encode()).draw(line.getPen())
        parts = [pathops.Path(line)] if attributes.get("fill") == "currentColor" else []
        stroked = pathops.Path(line)
        stroked.stroke(ICON_STROKE, pathops.LineCap.ROUND_CAP, pathops.LineJoin.ROUND_JOIN, 4)
        for part in parts + [stroked]:
            part.convertConicsToQuads()
            part.simplify(fix_winding=True)
            merged = pathops.op(merged, part, pathops.PathOp.UNION, fix_winding=True)
    scale = ICON_EM / 24
    placed = merged.transform(scale, 0, 0, -scale, 0, ICON_EM - ICON_DESCENT)
    placed.simplify(fix_winding=True, clockwise=True)
    pen = TTGlyphPen(None)
    placed.draw(Cu2QuPen(pen, max_err=0.8))
    return pen.glyph()


def build_icons(source):
    nodes = json.loads((source / "icon-nodes.json").read_text())
    codes = json.loads((source / "font" / "codepoints.json").read_text())
    lines = (HERE / "icons.txt").read_text().splitlines()
    names = [line.split()[1] for line in lines if line.strip() and not line.startswith("#")]
    glyphs = {".notdef": TTGlyphPen(None).glyph(), "space": TTGlyphPen(None).glyph()}
    cmap = {0x20: "space"}
    for name in sorted(names, key=lambda n: codes[n]):
        glyphs[name] = icon_glyph(nodes[name])
        cmap[codes[name]] = name
    builder = FontBuilder(ICON_EM, isTTF=True)
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCharacterMap(cmap)
    builder.setupGlyf(glyphs)
    table = builder.font["glyf"]
    builder.setupHorizontalMetrics(
        {n: (ICON_EM, getattr(table[n], "xMin", 0) or 0) for n in glyphs}
    )
    builder.setupHorizontalHeader(ascent=ICON_EM - ICON_DESCENT, descent=-ICON_DESCENT)
    builder.setupNameTable(
        {
            "copyright": "Copyright (c) 2026 Lucide Icons and Contributors; see LUCIDE-LICENSE.txt",
            "familyName": ICON_FAMILY,
            "styleName": "Regular",
            "uniqueFontIdentifier": "Remit Icons from Lucide",
            "fullName": ICON_FAMILY,
            "psName": "RemitIcons",
            "version": "Version 1.0",
            "licenseDescription": "ISC License; parts MIT License (Feather)",
        }
    )
    builder.setupOS2(
        sTypoAscender=ICON_EM - ICON_DESCENT,
        sTypoDescender=-ICON_DESCENT,
        sTypoLineGap=0,
        usWinAscent=ICON_EM - ICON_DESCENT,
        usWinDescent=ICON_DESCENT,
    )
    builder.setupPost(keepGlyphNames=False)
    builder.font["head"].created = builder.font["head"].modified = 3818448000
    builder.font.recalcTimestamp = False
    target = HERE / "remit-icons.ttf"
    builder.save(target)
    print(target.name, target.stat().st_size, "bytes,", len(names), "icons")


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in ("text", "icons"):
        sys.exit(__doc__)
    {"text": build_text, "icons": build_icons}[sys.argv[1]](Path(sys.argv[2]))
