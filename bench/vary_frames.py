#!/usr/bin/env python3
"""Many frames of few: places, named forces and persons, and dates varied, each in the same way within one report.

usage: vary_frames.py FRAMES.jsonl NUMBER > many.jsonl

In round r each entity of a kind stands for the one that is r * 7 places on in the list of that kind's entities with a name
of their own, and all dates are 5 * r days later, so that reports of different rounds meet in the same entities at other
times, and those of one round tell what the originals tell. Ids and digests of reports are new. The same call gives the
same frames.
"""
import datetime
import json
import sys


def shift(date, days):
    parts = date.split("-")
    if date.startswith("--") or len(parts) != 3:
        return date
    return (datetime.date.fromisoformat(date) + datetime.timedelta(days)).isoformat()


def main():
    frames = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
    pools, place_in_pool = {}, {}
    for frame in frames:
        for entity in frame.get("entities", []):
            key = (entity["kind"], entity.get("placeType", ""))
            if entity.get("named") and entity["iri"] not in place_in_pool:
                place_in_pool[entity["iri"]] = len(pools.setdefault(key, []))
                pools[key].append({k: v for k, v in entity.items() if k not in ("id", "mentions")})
    for i in range(int(sys.argv[2])):
        frame = json.loads(json.dumps(frames[i % len(frames)]))
        turn = i // len(frames)
        report = frame["report"]
        report["id"] += f"-{turn}"
        report["sha256"] = f"{turn:08x}" + report["sha256"][8:]
        if "published" in report:
            report["published"] = shift(report["published"], 5 * turn)
        for entity in frame.get("entities", []):
            pool = pools.get((entity["kind"], entity.get("placeType", "")), [])
            if entity["iri"] in place_in_pool and len(pool) > 1 and entity.get("named"):
                entity.update(pool[(place_in_pool[entity["iri"]] + 7 * turn) % len(pool)])
        for event in frame.get("events", []):
            for end in ("begin", "end"):
                if event.get("time", {}).get(end):
                    event["time"][end] = shift(event["time"][end], 5 * turn)
        print(json.dumps(frame, ensure_ascii=False))


main()
