import { describe, expect, it } from 'vitest'
import type { Reader, Writer } from '../../../src/aws/port.ts'
import { accessControlAttributes as kind } from '../../../src/kinds/access-control-attributes/access-control-attributes.ts'
import type { ReadContext, WriteContext } from '../../../src/kinds/contexts.ts'
import { planScope, wholeScope } from '../../../src/kinds/scopes.ts'
import { emptyState } from '../../../src/kinds/states.ts'
import { error, Refusal } from '../../../src/model/diagnostic.ts'
import { facts, paperPlan, read } from '../contract/paper.ts'

const at = 'access-control-attributes/instance'
const section = 'access_control_attributes: { Team: "$' + '{path:userName}" }\n'

function answering(answer: () => unknown): { readonly reader: Reader; readonly sent: string[] } {
  const sent: string[] = []
  const get = async (operation: string) => {
    sent.push(operation)
    return answer()
  }
  return { reader: { get, list: async () => [] } as unknown as Reader, sent }
}

async function contextOf(reader: Reader, manifest: string, whole = false): Promise<ReadContext> {
  const loaded = await read(manifest)
  const scope = whole
    ? wholeScope('whole', { thorough: true })
    : planScope(loaded, { thorough: false, mustKnow: () => true })
  return { reader, facts: facts as ReadContext['facts'], manifest: loaded, desired: emptyState(), scope }
}

const denied = () => {
  throw new Refusal(error('aws-access-denied', 'sso:DescribeInstanceAccessControlAttributeConfiguration was denied'))
}

const described = (Status: string) => () => ({
  Status,
  InstanceAccessControlAttributeConfiguration: {
    AccessControlAttributes: [{ Key: 'Team', Value: { Source: ['$' + '{path:userName}'] } }],
  },
})

describe('what is read of the attributes for access control', () => {
  it('nothing is asked where the manifest does not speak of them', async () => {
    const { reader, sent } = answering(described('ENABLED'))
    const { entries } = await kind.observe(await contextOf(reader, 'users: {}\n'))
    expect({ sent, found: entries.size }).toEqual({ sent: [], found: 0 })
  })

  it('a caller who may not read them is refused where the manifest speaks of them', async () => {
    const { reader } = answering(denied)
    await expect(kind.observe(await contextOf(reader, section))).rejects.toThrow('was denied')
  })

  it('a caller who may not read them can run init all the same', async () => {
    const { reader, sent } = answering(denied)
    const { entries } = await kind.observe(await contextOf(reader, 'users: {}\n', true))
    expect({ sent: sent.length, found: entries.size }).toEqual({ sent: 1, found: 0 })
  })

  for (const [status, words] of [
    ['CREATION_IN_PROGRESS', 'AWS says: creation in progress'],
    ['CREATION_FAILED', 'AWS says: creation failed; it will be recreated'],
    ['SOMETHING_NEW', 'AWS says: something new'],
  ] as const)
    it(`a configuration whose status is ${status} does not pass for one that is in use`, async () => {
      const { reader } = answering(described(status))
      const { entries } = await kind.observe(await contextOf(reader, section))
      const live = { ...emptyState(), 'access-control-attributes': entries }
      const { plan, text } = await paperPlan(live, section)
      expect(plan.operations.map(({ verb, address }) => `${verb} ${address}`)).toEqual([`update ${at}`])
      expect(text.split('\n').map((line) => line.trim().replace(/^status +/, ''))).toContain(words)
    })
})

describe('what is sent for a change of the attributes', () => {
  const spec = { attributes: { Team: 'x' } }
  const changes = [
    { verb: 'create', after: spec, sends: ['Create'] },
    { verb: 'update', before: spec, after: { attributes: { Team: 'y' } }, sends: ['Update'] },
    { verb: 'delete', before: spec, sends: ['Delete'] },
    // What failed to be made can only be taken away.
    { verb: 'update', before: { ...spec, status: 'creation failed' }, after: spec, sends: ['Delete', 'Create'] },
  ] as const
  for (const { sends, ...change } of changes)
    it(`${sends.join(' and ')}, and a denial is a failure`, async () => {
      const names = sends.map((verb) => `${verb}InstanceAccessControlAttributeConfiguration`)
      const operation = { kind: kind.name, address: at, reason: '', fields: [], needs: [], ...change } as const
      const { writer, sent } = writing(() => Promise.resolve({}))
      await kind.apply(operation, contextFor(writer))
      expect(sent).toEqual(names)
      await expect(kind.apply(operation, contextFor(writing(denied).writer))).rejects.toThrow('was denied')
    })
})

function writing(answer: () => unknown): { readonly writer: Writer; readonly sent: string[] } {
  const sent: string[] = []
  const send = async (operation: string) => {
    sent.push(operation)
    return answer()
  }
  const settle: Writer['settle'] = async (change) => {
    await change()
    return 'answered'
  }
  return { writer: { send, settle } as unknown as Writer, sent }
}

function contextFor(writer: Writer): WriteContext {
  const none = () => undefined
  return {
    writer,
    facts: facts as ReadContext['facts'],
    ref: () => '',
    entry: none,
    now: () => new Date(0),
    note: none,
    over: none,
  }
}

it('a configuration that somebody made meanwhile is not written over', async () => {
  const { reader } = answering(described('ENABLED'))
  const looks: unknown[] = []
  const send = async (_operation: string, _input: object, look: () => Promise<unknown>) => {
    looks.push(await look())
    return {}
  }
  const operation = { kind: kind.name, address: at, verb: 'create', reason: '', fields: [], needs: [] } as const
  const writer = { ...reader, send } as unknown as Writer
  await kind.apply({ ...operation, after: { attributes: { Team: 'x' } } }, contextFor(writer))
  expect(looks).toMatchObject([{ final: expect.stringContaining('appeared after the plan was made') }])
})

describe('what a change of the attributes comes to', () => {
  it('taking one away waits until all else is done, adding one does not', () => {
    const [one, two] = [{ attributes: { A: 'x' } }, { attributes: { A: 'x', B: 'y' } }]
    expect([kind.restricts?.(two, one, emptyState()), kind.restricts?.(one, two, emptyState())]).toEqual([true, false])
  })

  it('no tag is promised whose source nobody knows', () => {
    const [known, misspelt] = ['$' + '{path:title}', '$' + '{path:Title}']
    const effect = (before: object, after: object) =>
      kind.effect?.('update', at, { before: { attributes: before }, after: { attributes: after } } as never)
    expect(effect({}, { A: known, B: misspelt, C: 'x' })).toBe(
      'new sessions carry A as session tags; not known whether sessions carry B, C: AWS documents no such source',
    )
    expect(effect({ A: known, B: known }, { A: misspelt })).toBe(
      'not known whether sessions carry A: AWS documents no such source; new sessions no longer carry B',
    )
  })

  it('keys that differ in case alone are refused before anything is asked', async () => {
    await expect(read('access_control_attributes: { Team: a, team: b }\n')).rejects.toThrow('differ only in case')
  })
})
