#!/usr/bin/env python3
"""Hold frames against the entities and relations that people marked in re3d's documents.

usage: re3d.py DIR FRAMES.jsonl [--errors TYPE]

DIR holds folders with documents.jsonl, entities.jsonl, relations.jsonl. Make the frames with
  for part in DIR/*/; do
    sitgraph extract --format jsonl --id-column _id --text-column text "$part/documents.jsonl"
  done > FRAMES.jsonl

Spans: a span of ours and one of theirs of a type are paired where they overlap (`overlap`), or where they are the same
but for articles and possessive endings (`exact`); each once, all others are wrong. One exception: of vehicles, a span of
ours on what they call Vehicle is left out, neither right nor wrong. Ours of Temporal are the times of events only, with
their preposition ("on Tuesday"), those of Quantity include what is counted ("12 militants"): `exact` says nothing there.
Relations: of one sentence, between spans that overlap theirs; ours come from relations (opposes, member-of, part-of,
alias, located-in) and from events: whoever attacks whom (FightingAgainst), who does something where (CoLocated). Ranks
and offices (has-role) are no relation of theirs and are left out.
re3d's types are not ours (a "group" of persons is an Organisation, a bombing no relation): read the figures against
each other, not against 1.
"""
import argparse
import collections
import json
import pathlib
import re

SPANS = ["Location", "Organisation", "Person", "Temporal", "Quantity", "Weapon", "MilitaryPlatform"]
RELATIONS = ["FightingAgainst", "BelongsTo", "IsSynonymOf", "CoLocated"]
KINDS = {"place": "Location", "facility": "Location", "force": "Organisation", "organization": "Organisation",
         "person": "Person"}
PLATFORM = re.compile(r"\b(tanks?|vehicles?|helicopters?|aircraft|planes?|jets?|warplanes?|bombers?|fighters?|drones?|"
                      r"ships?|vessels?|frigates?|carriers?|boats?|trucks?|uavs?|excavators?)\b|^[A-Z]{1,3}-?\d", re.I)
FIGHTING = {"attack", "battle", "offensive", "airstrike", "shelling", "bombing", "chemical-attack", "capture",
            "casualties", "siege", "clash"}
PREDICATES = {"opposes": "FightingAgainst", "member-of": "BelongsTo", "part-of": "BelongsTo",
              "alias": "IsSynonymOf", "located-in": "CoLocated"}
SYMMETRIC = {"FightingAgainst", "IsSynonymOf", "CoLocated"}


def lines(path):
    with open(path, encoding="utf-8") as stream:
        return [json.loads(line) for line in stream if line.strip()]


def find_all(needle, text, begin, end):
    """Spans of `needle` in text[begin:end], white space aside."""
    if not needle:
        return []
    pattern = r"\s+".join(re.escape(word) for word in needle.split())
    return [(begin + m.start(), begin + m.end()) for m in re.finditer(pattern, text[begin:end])]


def overlaps(a, b):
    return a[0] < b[1] and b[0] < a[1]


def bare(span, text):
    """The span without articles before and possessive endings behind it."""
    begin, end = span
    words = text[begin:end]
    front = re.match(r"(?:the|a|an)\s+", words, re.I)
    back = re.search(r"(?:['’]s?|[.,])$", words)
    return begin + (front.end() if front else 0), end - (len(back.group()) if back else 0)


def pair(ours, theirs, fits):
    """Pairs each of ours with at most one of theirs, the closest first; the pairs' indices."""
    candidates = sorted((abs(a[0] - b[0]) + abs(a[1] - b[1]), i, j) for i, a in enumerate(ours)
                        for j, b in enumerate(theirs) if fits(a, b))
    taken_ours, taken_theirs, pairs = set(), set(), []
    for _, i, j in candidates:
        if i not in taken_ours and j not in taken_theirs:
            taken_ours.add(i)
            taken_theirs.add(j)
            pairs.append((i, j))
    return pairs


class Frame:
    def __init__(self, frame, text):
        self.text = text
        self.entities = {entity["id"]: entity for entity in frame.get("entities", [])}
        self.mentions = {key: [(m["begin"], m["end"]) for m in entity.get("mentions", [])]
                         for key, entity in self.entities.items()}
        self.frame = frame
        for entity in self.entities.values():
            for m in entity.get("mentions", []):
                if " ".join(text[m["begin"]:m["end"]].split()) != m["text"]:
                    raise SystemExit(f"{frame['report']['id']}: offsets are not of this text; extract without titles")

    def spans(self):
        out = collections.defaultdict(set)
        for key, entity in self.entities.items():
            for span in self.mentions[key]:
                kind = KINDS.get(entity["kind"])
                if entity["kind"] == "materiel":
                    kind = "MilitaryPlatform" if PLATFORM.search(self.text[span[0]:span[1]]) else "Weapon"
                if kind:
                    out[kind].add(span)
        for event in self.frame.get("events", []):
            words = event.get("time", {}).get("text", "")
            sentence = event.get("sentence", {})
            for span in find_all(words, self.text, sentence.get("begin", 0), sentence.get("end", 0))[:1]:
                out["Temporal"].add(span)
        for count in self.frame.get("counts", []):
            out["Quantity"].add((count["mention"]["begin"], count["mention"]["end"]))
        return {kind: sorted(spans) for kind, spans in out.items()}

    def relations(self):
        """(type, spans of the subject, spans of the object), spans of one sentence."""
        out = []

        def within(spans, sentence):
            return [span for span in spans if sentence["begin"] <= span[0] and span[1] <= sentence["end"]]

        def add(kind, subject, target, sentence):
            subject, target = within(subject, sentence), within(target, sentence)
            if subject and target:
                out.append((kind, subject, target))
        for relation in self.frame.get("relations", []):
            kind = PREDICATES.get(relation["predicate"])
            sentence = relation.get("sentence")
            if not kind or not sentence:
                continue
            target = relation["object"]
            spans = self.mentions.get(target)
            if spans is None:
                spans = find_all(target, self.text, sentence["begin"], sentence["end"])
            add(kind, self.mentions[relation["subject"]], spans, sentence)
        for event in self.frame.get("events", []):
            sentence = event.get("sentence")
            if not sentence:
                continue
            agents = event.get("agent", [])
            if event["type"] in FIGHTING:
                others = [t for t in event.get("target", []) + event.get("partner", [])
                          if self.entities[t]["kind"] in ("force", "organization", "person")]
                for agent in agents:
                    for other in others:
                        add("FightingAgainst", self.mentions[agent], self.mentions[other], sentence)
            for who in agents + event.get("partner", []):
                for place in event.get("place", []):
                    if self.entities[place]["kind"] in ("place", "facility"):
                        add("CoLocated", self.mentions[who], self.mentions[place], sentence)
        return out


def score(right, said, gold):
    precision, recall = right[0] / max(1, said), right[1] / max(1, gold)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=pathlib.Path)
    parser.add_argument("frames")
    parser.add_argument("--errors", metavar="TYPE", help="list what is missed and wrong of a type")
    arguments = parser.parse_args()
    frames = {frame["report"]["id"]: frame for frame in lines(arguments.frames)}
    tally = collections.defaultdict(lambda: [0, 0, 0, 0])  # right of ours, right of theirs, said, gold
    documents = read = 0
    for part in sorted(path.parent for path in arguments.directory.glob("*/documents.jsonl")):
        entities, relations = collections.defaultdict(list), collections.defaultdict(list)
        for item in lines(part / "entities.jsonl"):
            entities[item["documentId"]].append(item)
        for item in lines(part / "relations.jsonl"):
            relations[item["documentId"]].append(item)
        for document in lines(part / "documents.jsonl"):
            documents += 1
            key, text = document["_id"], document["text"]
            if key not in frames:
                continue
            read += 1
            frame = Frame(frames[key], text)
            ours = frame.spans()
            for kind in SPANS:
                mine = ours.get(kind, [])
                wanted = {(e["begin"], e["end"]) for e in entities[key] if e["type"] == kind}
                # Vehicles of the military are MilitaryPlatform or Vehicle there, as it comes.
                extra = {(e["begin"], e["end"]) for e in entities[key] if e["type"] == "Vehicle"}
                theirs = sorted(wanted)
                if kind == "MilitaryPlatform":
                    mine = [m for m in mine if any(overlaps(m, t) for t in theirs)
                            or not any(overlaps(m, t) for t in extra)]
                for mode, fits in (("overlap", overlaps),
                                   ("exact", lambda a, b: bare(a, text) == bare(b, text))):
                    pairs = pair(mine, theirs, fits)
                    cell = tally[kind, mode]
                    for at, number in enumerate((len(pairs), len(pairs), len(mine), len(theirs))):
                        cell[at] += number
                    if arguments.errors == kind and mode == "overlap":
                        hit_ours, hit_theirs = {i for i, _ in pairs}, {j for _, j in pairs}
                        for j, (b, e) in enumerate(theirs):
                            if j not in hit_theirs:
                                print(f"missed\t{text[b:e]!r}\t{text[max(0, b - 40):e + 20]!r}")
                        for i, (b, e) in enumerate(mine):
                            if i not in hit_ours:
                                print(f"wrong\t{text[b:e]!r}\t{text[max(0, b - 40):e + 20]!r}")
            predicted = frame.relations()
            for kind in RELATIONS:
                mine = [(s, o) for k, s, o in predicted if k == kind]
                theirs = [((r["sourceBegin"], r["sourceEnd"]), (r["targetBegin"], r["targetEnd"]))
                          for r in relations[key] if r["type"] == kind]

                def same(relation, gold, kind=kind):
                    def one_way(a, b):
                        return (any(overlaps(x, a) for x in relation[0]) and any(overlaps(x, b) for x in relation[1]))
                    return one_way(*gold) or (kind in SYMMETRIC and one_way(*reversed(gold)))
                cell = tally[kind, "relation"]
                cell[0] += sum(any(same(m, t) for t in theirs) for m in mine)
                cell[1] += sum(any(same(m, t) for m in mine) for t in theirs)
                cell[2] += len(mine)
                cell[3] += len(theirs)
                if arguments.errors == kind:
                    for m in mine:
                        if not any(same(m, t) for t in theirs):
                            print("wrong\t" + " | ".join(text[b:e] for b, e in (m[0][0], m[1][0])))
                    for t in theirs:
                        if not any(same(m, t) for m in mine):
                            print("missed\t" + " | ".join(text[b:e] for b, e in t))
    if arguments.errors:
        return
    print(f"{documents} documents, {read} with frames")
    print(f"{'':18}{'overlap':>8}{'P':>8}{'R':>8}{'exact F1':>10}{'said':>8}{'gold':>8}")
    for kind in SPANS:
        a, b, said, gold = tally[kind, "overlap"]
        precision, recall, f1 = score((a, b), said, gold)
        a, b, _, _ = tally[kind, "exact"]
        print(f"{kind:18}{f1:8.3f}{precision:8.3f}{recall:8.3f}{score((a, b), said, gold)[2]:10.3f}{said:8}{gold:8}")
    print(f"{'':18}{'F1':>8}{'P':>8}{'R':>8}{'':10}{'said':>8}{'gold':>8}")
    for kind in RELATIONS:
        a, b, said, gold = tally[kind, "relation"]
        precision, recall, f1 = score((a, b), said, gold)
        print(f"{kind:18}{f1:8.3f}{precision:8.3f}{recall:8.3f}{'':10}{said:8}{gold:8}")


if __name__ == "__main__":
    main()
