#!/usr/bin/env python3
"""Hold frames against what a crowd read out of the FA-KES reports.

usage: fakes.py ARTICLES.csv FRAMES.jsonl [--codebook DIR] [--errors]

Make the frames with
  sitgraph extract ARTICLES.csv --id-column unit_id --title-column article_title \
      --text-column article_content --date-column date > FRAMES.jsonl

casualties: of the reports with a number of civilians killed, the share in which a count of casualties (killed, or
killed or wounded) has that number as its lower or upper bound.
place: of the reports with a governorate, the share in which it is the one that most places of fighting lie in.
The labels are noisy (one value a report, by a crowd): read the shares against each other, not against 1.
"""
import argparse
import collections
import csv
import json
import pathlib

FIGHTING = {"attack", "battle", "offensive", "airstrike", "shelling", "bombing", "chemical-attack", "execution",
            "casualties", "destruction"}
# The crowd's names of governorates, as the codebook has them.
GOVERNORATES = {
    "aleppo": {"aleppo-governorate"}, "damascus": {"damascus-governorate", "rif-dimashq-governorate"},
    "idlib": {"idlib-governorate"}, "deir ezzor": {"deir-ez-zor-governorate"}, "raqqa": {"raqqa-governorate"},
    "hasakeh": {"hasakah-governorate"}, "homs": {"homs-governorate"}, "hama": {"hama-governorate"},
    "daraa": {"daraa-governorate"}, "lattakia": {"latakia-governorate"}, "quneitra": {"quneitra-governorate"},
    "tartous": {"tartus-governorate"},
}


def enclosing(codebook):
    """IRI of a place -> id of the governorate that it lies in."""
    within, kind = {}, {}
    with open(codebook / "places.csv", encoding="utf-8", newline="") as stream:
        rows = (line for line in stream if not line.startswith("#"))
        for row in csv.DictReader(rows):
            name = row["id"].strip() or slug(row["name"])
            name = name.removeprefix("place/")
            within[name] = row["within"].strip().removeprefix("place/")
            kind[name] = row["type"]

    def governorate(iri):
        at = iri.removeprefix("place/")
        for _ in range(8):
            if kind.get(at) == "governorate":
                return at
            at = within.get(at, "")
        return None
    return governorate


def slug(name):
    import re
    import unicodedata
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles")
    parser.add_argument("frames")
    parser.add_argument("--codebook", default=pathlib.Path(__file__).parents[2] / "codebook", type=pathlib.Path)
    parser.add_argument("--errors", action="store_true")
    arguments = parser.parse_args()
    with open(arguments.articles, encoding="utf-8", newline="") as stream:
        labels = {row["unit_id"]: row for row in csv.DictReader(stream)}
    governorate = enclosing(arguments.codebook)
    right = collections.Counter()
    asked = collections.Counter()
    with open(arguments.frames, encoding="utf-8") as stream:
        for line in stream:
            frame = json.loads(line)
            row = labels.get(frame["report"]["id"])
            if row is None:
                continue
            killed = int(float(row["nb_civilians"] or 0))
            if killed > 0:
                asked["casualties"] += 1
                numbers = [(count.get("min"), count.get("max")) for count in frame.get("counts", [])
                           if count.get("outcome") == "casualties" and count.get("harm") in (
                               "killed", "killed-or-wounded", None)]
                hit = any(killed in bounds for bounds in numbers)
                right["casualties"] += hit
                if arguments.errors and not hit:
                    print(f"{row['unit_id']}\tcasualties {killed}\tfound {numbers}\t{row['article_title']}")
            wanted = GOVERNORATES.get(row["location"])
            if wanted:
                asked["place"] += 1
                places = {entity["id"]: entity.get("iri", "") for entity in frame.get("entities", [])}
                votes = collections.Counter()
                for event in frame.get("events", []):
                    if event["type"] in FIGHTING:
                        for place in event.get("place", []):
                            votes[governorate(places[place])] += 1
                del votes[None]
                best = min(votes, key=lambda g: (-votes[g], g)) if votes else None
                right["place"] += best in wanted
                if arguments.errors and best not in wanted:
                    print(f"{row['unit_id']}\tplace {row['location']}\tfound {dict(votes)}\t{row['article_title']}")
    for what in ("casualties", "place"):
        print(f"{what:12} {right[what]:4} of {asked[what]:4}   {right[what] / max(1, asked[what]):.3f}")


if __name__ == "__main__":
    main()
