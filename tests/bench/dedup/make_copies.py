#!/usr/bin/env python3
"""Pages with copies of known truth: make_copies.py PAGES SEED [--fresh] > pages.jsonl

A line is {id, text, cluster, kind}. Words are made from syllables and drawn by Zipf's law, sentences from a pool that is
used again and again (so that pages share sentences without being copies); --fresh makes every sentence anew.
kind: base; exact; plain (white space, case, punctuation); frame (furniture around it); less (paragraphs left out); order
(paragraphs in another order); words1 to words30 (that share of words changed, left out, added); part (the first 50 to 90
%); and third, which is no copy: it shares a third of its paragraphs with another page.
"""
import json
import random
import sys

HEADS = ["Start | Town | Country | Money | Games | Write to us\n\n", "You read this on a partner's page. Print | Keep | Send\n\n"]
FEET = ["\n\nEverything here belongs to the publisher. Ask before you copy it. Our letter comes every morning: sign up and read it first.",
        "\n\nYou may like: ten things to do at the weekend; the weather; the crossword. Rules of this site, and how we use your data.",
        "\n\nWritten by the desk with reports of our people in the region. How we work, what we check, and how to tell us of a mistake."]
KINDS = {"exact": 16, "plain": 12, "frame": 14, "less": 10, "order": 6, "words1": 6, "words3": 6, "words5": 6, "words10": 6,
         "words20": 4, "words30": 3, "part": 8}


class Maker:
    def __init__(self, seed, fresh):
        self.rnd, self.fresh = random.Random(seed), fresh
        parts = [a + b for a in ("b", "d", "f", "gr", "h", "k", "l", "m", "n", "p", "r", "s", "st", "t", "tr", "v", "w") for b in "aeiou"]
        self.words = sorted({"".join(self.rnd.choice(parts) for _ in range(1 + i % 4)) for i in range(30000)})
        self.rnd.shuffle(self.words)
        total, self.weights = 0, []
        for i in range(len(self.words)):
            total += 1 / (i + 3)
            self.weights.append(total)
        self.pool = [] if fresh else [self.sentence() for _ in range(40000)]

    def draw(self, count):
        return self.rnd.choices(self.words, cum_weights=self.weights, k=count)

    def sentence(self):
        words = self.draw(self.rnd.randint(8, 32))
        words[0] = words[0].capitalize()
        for i in range(6, len(words) - 1, 9): words[i] += ","
        return " ".join(words) + "."

    def page(self):
        want, size, out = min(8000, max(600, self.rnd.lognormvariate(7.5, .45))), 0, []
        while size < want:
            n = self.rnd.randint(1, 4)
            out.append(" ".join(self.sentence() if self.fresh else self.rnd.choice(self.pool) for _ in range(n)))
            size += len(out[-1]) + 2
        return out

    def changed(self, page, share):
        out = []
        for paragraph in page:
            words = []
            for word in paragraph.split(" "):
                r = self.rnd.random() / share
                if r >= 1: words.append(word)
                elif r < .5: words += self.draw(1)
                elif r < .75: words += [word] + self.draw(1)
            out.append(" ".join(words))
        return "\n\n".join(out)

    def copy(self, page, foot):
        kind = self.rnd.choices(list(KINDS), list(KINDS.values()))[0]
        whole, rnd = "\n\n".join(page), self.rnd
        if kind == "exact": return kind, whole + foot
        if kind == "plain":
            how = rnd.randrange(4)
            return kind, [whole.upper(), whole.lower(), whole.replace(" ", "  ").replace("\n\n", "\n"), whole.replace(",", "").replace(".", "")][how]
        if kind == "frame": return kind, (rnd.choice(HEADS) if rnd.random() < .5 else "") + whole + rnd.choice(FEET)
        if kind == "less":
            left = [p for p in page if rnd.random() > .2]
            return kind, "\n\n".join(left if 2 * len(left) >= len(page) else page[1:] or page)
        if kind == "order": return kind, "\n\n".join(rnd.sample(page, len(page)))
        if kind == "part": return kind, whole[:int(len(whole) * rnd.uniform(.5, .9))]
        return kind, self.changed(page, int(kind[5:]) / 100)

    def corpus(self, count):
        pages, cluster = [], 0
        while len(pages) < count:
            page, foot = self.page(), self.rnd.choice(FEET) if self.rnd.random() < .1 else ""
            pages.append(("base", "\n\n".join(page) + foot, cluster))
            if self.rnd.random() < .18:
                while True:
                    pages.append(self.copy(page, foot) + (cluster,))
                    if self.rnd.random() > .55: break
            elif self.rnd.random() < .03 and len(page) >= 6:
                cluster += 1
                mixed = page[:len(page) // 3] + self.page()
                self.rnd.shuffle(mixed)
                pages.append(("third", "\n\n".join(mixed), cluster))
            cluster += 1
        del pages[count:]
        self.rnd.shuffle(pages)
        return pages


def main():
    numbers = [int(a) for a in sys.argv[1:] if a != "--fresh"]
    if len(numbers) != 2: sys.exit(__doc__)
    for i, (kind, text, cluster) in enumerate(Maker(numbers[1], "--fresh" in sys.argv).corpus(numbers[0])):
        print(json.dumps({"id": str(i), "text": text, "cluster": cluster, "kind": kind}, ensure_ascii=False))


main()
