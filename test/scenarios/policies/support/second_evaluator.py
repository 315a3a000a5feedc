"""A second evaluator of IAM policies, written from the IAM User Guide alone ("Policy evaluation logic", "IAM JSON policy elements:
Resource", "IAM policy elements: Variables and tags"). It asks about single actions on single resources, and tells whether the answer is
the same whatever conditions and variables come to.

Input: {"documents": {name: document}, "cases": [[[identity, ...], boundary or null, action, resource], ...]} as JSON.
Output: one of "allowed", "denied" (by a Deny), "refused" (by nothing that allows it) and "depends" for each case, and with "moto": true
what moto says (null where moto does not know a part of the language that the documents use): [[answer, moto], ...]
"""

import json
import re
import sys

NEVER, MAYBE, ALWAYS = 0, 1, 2
CHARACTERS = {"${*}": "\\*", "${?}": "\\?", "${$}": "\\$"}


def as_list(value):
    return value if isinstance(value, list) else [value]


def expression(pattern, crosses, variables):
    """The regular expression of a pattern; `crosses`: a star goes beyond colons wherever it stands."""
    parts = re.findall(r"\$\{[^}]*\}|.", pattern, re.DOTALL) if variables else list(pattern)
    result = []
    for at, part in enumerate(parts):
        ends_segment = at + 1 == len(parts) or parts[at + 1] == ":"
        if part == "*":
            result.append(".*" if crosses or ends_segment else "[^:]*")
        elif part == "?":
            result.append("." if crosses else "[^:]")
        elif part in CHARACTERS:
            result.append(CHARACTERS[part])
        elif len(part) > 1:
            result.append(".*")
        else:
            result.append(re.escape(part))
    return "".join(result)


def union(expressions, flags=0):
    return re.compile("|".join(f"(?:{one})" for one in expressions) or "(?!)", re.DOTALL | flags)


def has_value_of_request(pattern):
    return any(one not in CHARACTERS for one in re.findall(r"\$\{[^}]*\}", pattern))


class Statement:
    def __init__(self, raw, version):
        self.denies = raw["Effect"] == "Deny"
        self.conditional = "Condition" in raw
        self.not_action, self.not_resource = "NotAction" in raw, "NotResource" in raw
        actions = as_list(raw["NotAction" if self.not_action else "Action"])
        resources = as_list(raw["NotResource" if self.not_resource else "Resource"])
        variables = version == "2012-10-17"
        fixed = [one for one in resources if not (variables and has_value_of_request(one))]
        self.actions = union([expression(one, True, False) for one in actions], re.IGNORECASE)
        self.surely = union(expression(one, False, variables) for one in fixed)
        self.perhaps = union(expression(one, True, variables) for one in resources)

    def applies(self, action, resource):
        if bool(self.actions.fullmatch(action)) == self.not_action:
            return NEVER
        if self.surely.fullmatch(resource):
            named = ALWAYS
        else:
            named = MAYBE if self.perhaps.fullmatch(resource) else NEVER
        matches = ALWAYS - named if self.not_resource else named
        return min(matches, MAYBE) if self.conditional else matches


def strongest(statements, denies, action, resource):
    found = (one.applies(action, resource) for one in statements if one.denies == denies)
    return max(found, default=NEVER)


def decide(identity, boundary, action, resource):
    deny = strongest(identity + (boundary or []), True, action, resource)
    if deny == ALWAYS:
        return "denied"
    allow = strongest(identity, False, action, resource)
    bound = ALWAYS if boundary is None else strongest(boundary, False, action, resource)
    if NEVER in (allow, bound):
        return "refused"
    return "allowed" if (allow, bound, deny) == (ALWAYS, ALWAYS, NEVER) else "depends"


class Moto:
    """moto, which knows neither conditions nor NotResource nor variables: asked with the best and with the worst that conditions come to."""

    def __init__(self, document):
        from moto.iam.access_control import IAMPolicy

        statements = as_list(document["Statement"])
        text = json.dumps(statements)
        self.able = not re.search(r'NotResource|\$\{|\?', text) and len(text) < 20_000
        if self.able:
            self.best = IAMPolicy(json.dumps({"Statement": [s for s in map(self.plain, statements) if s]}))
            worst = [self.plain(s, hold="Deny") for s in statements]
            self.worst = IAMPolicy(json.dumps({"Statement": [s for s in worst if s]}))

    @staticmethod
    def plain(statement, hold="Allow"):
        if "Condition" in statement and statement["Effect"] != hold:
            return None
        # moto compares actions letter by letter.
        lower = {key: [one.lower() for one in as_list(statement[key])] for key in ("Action", "NotAction") if key in statement}
        return {key: lower.get(key, value) for key, value in statement.items() if key != "Condition"}

    def decide(self, action, resource):
        best, worst = (one.is_action_permitted(action.lower(), resource).name for one in (self.best, self.worst))
        if best != "PERMITTED":
            return "refused"
        return "allowed" if worst == "PERMITTED" else "depends"


def main():
    # Patterns are compiled at each question otherwise.
    re._MAXCACHE = 1_000_000
    given = json.load(sys.stdin)
    documents, known, motos = given["documents"], {}, {}

    def statements(name):
        if name not in known:
            document = documents[name]
            known[name] = [Statement(one, document.get("Version")) for one in as_list(document["Statement"])]
        return known[name]

    def asked_of_moto(names, boundary, action, resource):
        if not given["moto"] or len(names) != 1 or boundary is not None:
            return None
        name = names[0]
        if name not in motos:
            motos[name] = Moto(documents[name])
        return motos[name].decide(action, resource) if motos[name].able else None

    answers = []
    for names, boundary, action, resource in given["cases"]:
        identity = [one for name in names for one in statements(name)]
        bound = None if boundary is None else statements(boundary)
        answers.append([decide(identity, bound, action, resource), asked_of_moto(names, boundary, action, resource)])
    json.dump(answers, sys.stdout)


main()
