import { describe, expect, it } from 'vitest'
import { seenTags, sessionTagsOf, tagsChanged, unreadEnterprise, unreadTags } from '../../src/access/session-tags.ts'
import { emptyState } from '../../src/kinds/states.ts'
import { address } from '../../src/model/address.ts'
import { error } from '../../src/model/diagnostic.ts'
import type { JsonObject } from '../../src/model/json.ts'
import type { State } from '../../src/model/state.ts'
import { tagSentences, tagsJson } from '../../src/report/access/tags.ts'

type Tags = Readonly<Record<string, string>>
const path = (what: string) => `\${path:${what}}`

function stateOf(attributes: Tags, users: Readonly<Record<string, JsonObject>> = {}, status?: string): State {
  const spec = { attributes, ...(status ? { status } : {}) }
  return {
    ...emptyState(),
    'access-control-attributes': new Map([[address('access-control-attributes', 'instance'), { spec }]]),
    user: new Map(Object.entries(users).map(([name, one]) => [address('user', name), { spec: one }])),
  }
}

const everybody = (state: State) => seenTags(state, new Set([...state.user.keys()].map((at) => at.slice(5))))

describe('what a change of a user does to tags', () => {
  const rows: readonly (readonly [string, string, JsonObject, JsonObject, string])[] = [
    ['another value', path('enterprise.costCenter'), { cost_center: '1' }, { cost_center: '2' }, 'other'],
    ['a first value', path('enterprise.manager.value'), {}, { manager: 'boss' }, 'gained'],
    ['no value any more', path('enterprise.division'), { division: 'x' }, {}, 'lost'],
    [
      'a part of the address',
      path('addresses[type eq "work"].locality'),
      { address: { locality: 'A' } },
      { address: { locality: 'B' } },
      'other',
    ],
    ['an e-mail address', `\${user:email}`, { email: 'a@x' }, { email: 'b@x' }, 'other'],
    ['another attribute', path('title'), { title: 'a', cost_center: '1' }, { title: 'a', cost_center: '2' }, ''],
    ['a source that nobody documents', path('toString'), { toString: 'a' }, { toString: 'b' }, ''],
    ['a text that is no placeholder', 'title', { title: 'a' }, { title: 'b' }, ''],
    ['two placeholders in one', `${path('title')}${path('locale')}`, { title: 'a' }, { title: 'b' }, ''],
  ]
  it.each(rows)('%s of %s', (_what, source, before, after, kind) => {
    const told = { gained: [], other: [], lost: [], ...(kind ? { [kind]: ['T'] } : {}) }
    expect(tagsChanged(before, after, sessionTagsOf(stateOf({ T: source })))).toEqual(told)
  })

  it('none where AWS could not make the configuration', () => {
    expect(sessionTagsOf(stateOf({ T: path('title') }, {}, 'creation failed'))).toEqual([])
    expect(sessionTagsOf(stateOf({ T: path('title') }, {}, 'creation in progress'))).toHaveLength(1)
  })
})

describe('who lacks a tag', () => {
  const tags = { Cost: path('enterprise.costCenter'), Title: path('title'), Name: path('userName') }

  it('is whoever has no value, among those who are asked about', () => {
    const state = stateOf(tags, { a: { cost_center: '1', title: 'x' }, b: { title: 'x' }, c: {}, d: {} })
    expect(seenTags(state, new Set(['a', 'b', 'c'])).without).toEqual([
      { user: 'b', keys: ['Cost'] },
      { user: 'c', keys: ['Cost', 'Title'] },
    ])
  })

  it('is not known of the enterprise extension where no answer showed it, nor where it was refused', () => {
    const unseen = everybody(stateOf(tags, { a: { title: 'x' }, b: {} }))
    expect([unseen.unknown, unseen.without]).toEqual([['Cost'], [{ user: 'b', keys: ['Title'] }]])
    const state = stateOf(tags, { a: { cost_center: '1' } })
    const refused = new Map([[unreadEnterprise, error('aws-error', 'no')]])
    expect(everybody({ ...state, covers: { ...state.covers, refused } }).unknown).toEqual(['Cost'])
  })

  it('is not told of addresses and numbers that are there, since their types decide', () => {
    const state = stateOf(
      { Town: path('addresses[type eq "work"].locality') },
      { a: { address: { country: 'JP' } }, b: {} },
    )
    expect(everybody(state).without).toEqual([{ user: 'b', keys: ['Town'] }])
  })
})

describe('what is said of tags', () => {
  it('is nothing where there are none, and where nobody asked', () => {
    expect([tagSentences(undefined), tagsJson(undefined)]).toEqual([[], {}])
    expect([tagSentences(everybody(emptyState())), tagsJson(everybody(emptyState()))]).toEqual([
      [],
      { session_tags: { tags: [], users_without: [] } },
    ])
  })

  it('names the source, who lacks a value and why, and counts the others', () => {
    const users = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => [name, {}]))
    const state = stateOf({ Title: path('title'), Odd: path('foo') }, users)
    expect(tagSentences(everybody(state))).toEqual([
      `Session tags: Title from ${path('title')}, Odd from ${path('foo')}.`,
      'Without the session tag Title (no title): a, b, c, d, e and 2 more.',
      'Not known who has a value: Odd.',
    ])
  })

  it('is why they could not be read', () => {
    const covers = {
      ...emptyState().covers,
      refused: new Map([[unreadTags, error('aws-access-denied', 'it was denied')]]),
    }
    const seen = everybody({ ...emptyState(), covers })
    expect(tagSentences(seen)).toEqual(['Session tags were not checked: it was denied.'])
    expect(tagsJson(seen)).toEqual({ session_tags: { unread: 'it was denied' } })
  })
})
