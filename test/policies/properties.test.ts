// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of IAM policies look like that
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide, type Policies, type Policy, type Request } from '../../src/policies/decide.ts'
import { covers, extentOf, overlap, type Pattern } from '../../src/policies/patterns.ts'
import { takesRightsAway } from '../../src/policies/takes-away.ts'

const actions = ['a:x', 'a:y', 'b:x', 'a:*', 'b:*', '*', 'a:?', '*:x', 'a:x*']
const resources = ['*', 'r:1', 'r:1/o', 'r:2', 'r:*', 'r:1*', 'r:1/*', '*:1', 'r:?', 'r:${v}', '*1']
const conditions = [undefined, { Bool: { k: 'true' } }, { StringLike: { k: '${v}' } }]

const request: fc.Arbitrary<Request> = fc.record(
  {
    action: fc.constantFrom('a:x', 'a:y', 'b:x', 'c:z', 'A:X'),
    resource: fc.constantFrom('r:1', 'r:1/o', 'r:2', 'q:1'),
  },
  { requiredKeys: ['action', 'resource'] },
)
const wideRequest: fc.Arbitrary<Request> = fc.record(
  { action: fc.constantFrom(...actions), resource: fc.constantFrom('r:*', 'r:1*', '*', 'r:1') },
  { requiredKeys: ['action'] },
)

function statement(...effects: readonly string[]): fc.Arbitrary<object> {
  return fc
    .record({
      effect: fc.constantFrom(...effects),
      not: fc.boolean(),
      actions: fc.subarray(actions, { minLength: 1, maxLength: 2 }),
      notResource: fc.boolean(),
      resources: fc.subarray(resources, { minLength: 1, maxLength: 2 }),
      condition: fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, fc.constantFrom(...conditions)),
    })
    .map((one) => ({
      Effect: one.effect,
      [one.not ? 'NotAction' : 'Action']: one.actions,
      [one.notResource ? 'NotResource' : 'Resource']: one.resources,
      ...(one.condition ? { Condition: one.condition } : {}),
    }))
}

const allow = statement('Allow')
const deny = statement('Deny')
const any = statement('Allow', 'Allow', 'Deny')

function policy(name: string, statements: readonly object[], Version = '2012-10-17'): Policy {
  return { name, document: { Version, Statement: statements as never } }
}

const version = fc.constantFrom('2012-10-17', '2012-10-17', '2008-10-17')
const document = (name: string) =>
  fc.tuple(fc.array(any, { maxLength: 3 }), version).map(([all, of]) => policy(name, all, of))
const boundary = fc.option(document('boundary'), { nil: undefined })
const policies: fc.Arbitrary<Policies> = fc
  .tuple(document('first'), document('second'), boundary)
  .map(([first, second, third]) => ({ identity: [first, second], ...(third ? { boundary: third } : {}) }))

const ranks = { no: 0, denied: 0, limited: 1, yes: 2, unknown: Number.NaN }

/** How much is allowed. */
function rank(of: Policies, asked: Request): number {
  return ranks[decide(of, asked).verdict]
}

const either = fc.oneof(request, wideRequest)

describe('what is decided, for random policies', () => {
  it('an Allow more never gives less', () => {
    fc.assert(
      fc.property(policies, allow, either, (before, more, asked) => {
        const after = { ...before, identity: [...before.identity, policy('more', [more])] }
        expect(rank(after, asked)).toBeGreaterThanOrEqual(rank(before, asked))
      }),
      { numRuns: 3000 },
    )
  })

  it('a Deny more never gives more', () => {
    fc.assert(
      fc.property(policies, deny, either, (before, more, asked) => {
        const after = { ...before, identity: [...before.identity, policy('more', [more])] }
        expect(rank(after, asked)).toBeLessThanOrEqual(rank(before, asked))
      }),
      { numRuns: 3000 },
    )
  })

  it('a boundary never gives more', () => {
    fc.assert(
      fc.property(policies, document('boundary'), either, ({ identity }, limit, asked) => {
        expect(rank({ identity, boundary: limit }, asked)).toBeLessThanOrEqual(rank({ identity }, asked))
      }),
      { numRuns: 3000 },
    )
  })

  it('a policy whose text is not known turns no answer into its contrary', () => {
    fc.assert(
      fc.property(policies, either, (before, asked) => {
        const { verdict } = decide({ ...before, identity: [...before.identity, { name: 'new' }] }, asked)
        const known = decide(before, asked).verdict
        expect(known === 'denied' ? ['denied'] : ['unknown', 'no']).toContain(verdict)
        if (verdict === 'no') expect(known).toBe('no')
      }),
      { numRuns: 1000 },
    )
  })
})

/** Some of the statements of a policy stay, others come. */
const changed = (before: Policy, name: string) =>
  fc
    .tuple(fc.subarray(statementsOf(before)), fc.array(any, { maxLength: 2 }), version)
    .map(([kept, come, of]) => policy(name, [...kept, ...come], of))

function statementsOf({ document: text }: Policy): object[] {
  return [...(text as { readonly Statement: readonly object[] }).Statement]
}

const pairs = policies.chain((before) =>
  fc
    .oneof(
      policies,
      fc.tuple(...before.identity.map((one) => changed(one, one.name)), boundary).map((all) => ({
        identity: all.slice(0, -1) as Policy[],
        ...(before.boundary ? { boundary: (all.at(-1) as Policy | undefined) ?? before.boundary } : {}),
      })),
    )
    .map((after) => ({ before, after })),
)

describe('whether a change takes rights away, for random policies', () => {
  it('a change that takes none leaves what was allowed', () => {
    let harmless = 0
    fc.assert(
      fc.property(pairs, fc.array(request, { minLength: 4, maxLength: 4 }), ({ before, after }, asked) => {
        if (takesRightsAway(before, after)) return
        harmless++
        for (const one of asked) expect(rank(after, one)).toBeGreaterThanOrEqual(rank(before, one))
      }),
      { numRuns: 8000 },
    )
    expect(harmless).toBeGreaterThan(200)
  })

  it('no change takes none', () => {
    fc.assert(
      fc.property(policies, fc.boolean(), (one, unknown) => {
        const all = unknown ? { ...one, identity: [...one.identity, { name: 'unknown' }] } : one
        expect(takesRightsAway(all, structuredClone(all))).toBe(false)
      }),
      { numRuns: 2000 },
    )
  })
})

const letters = ['a', 'b', ':']
const texts = ['']
for (let at = 0; at < texts.length && (texts[at] as string).length < 6; at++)
  texts.push(...letters.map((one) => `${texts[at]}${one}`))

const glob = fc.stringMatching(/^[ab:*?]{0,3}$/)

/** All short texts that a pattern stands for; `inside` a segment, stars and question marks stay there. */
function matching(pattern: string, inside = false): readonly string[] {
  const star = (at: number) => (inside && !['', ':', '*'].includes(pattern.charAt(at + 1)) ? '[^:]*' : '.*')
  const parts = [...pattern].map((one, at) => (one === '*' ? star(at) : one === '?' ? (inside ? '[^:]' : '.') : one))
  const expression = new RegExp(`^${parts.join('')}$`)
  return texts.filter((one) => expression.test(one))
}

const written = (text: string, segmented: boolean): Pattern => ({ text, glob: text, segmented, variable: false })

describe('patterns, against all texts of up to six letters', () => {
  it('have something in common where a text matches both, and only there', () => {
    fc.assert(
      fc.property(glob, glob, (a, b) => {
        const both = new Set(matching(a))
        expect(overlap(a, b)).toBe(matching(b).some((one) => both.has(one)))
      }),
      { numRuns: 2000 },
    )
  })

  it('take all of another only where each of its texts matches', () => {
    fc.assert(
      fc.property(glob, glob, fc.boolean(), (a, b, segmented) => {
        if (!covers({ glob: a, segmented }, b)) return
        const own = new Set(matching(a, segmented))
        // What is asked about goes anywhere with its stars, but a question mark is no colon to either.
        const asked = matching(b).filter((one) => !segmented || !b.includes('?') || !one.includes(':'))
        expect(asked.filter((one) => !own.has(one))).toEqual([])
      }),
      { numRuns: 5000 },
    )
  })

  it('take a single text where it matches, and only there', () => {
    fc.assert(
      fc.property(glob, fc.constantFrom(...texts), (pattern, text) => {
        expect(covers({ glob: pattern, segmented: false }, text)).toBe(matching(pattern).includes(text))
      }),
      { numRuns: 2000 },
    )
  })

  it('name all, some or none of what is asked about as its texts show', () => {
    fc.assert(
      fc.property(fc.array(glob, { maxLength: 2 }), fc.boolean(), glob, (globs, except, asked) => {
        const extent = extentOf({ except, patterns: globs.map((one) => written(one, false)) }, asked)
        const own = new Set(globs.flatMap((one) => matching(one)))
        const named = matching(asked).map((one) => own.has(one) !== except)
        if (extent === 'all') expect(named).not.toContain(false)
        if (extent === 'none') expect(named).not.toContain(true)
      }),
      { numRuns: 3000 },
    )
  })
})
