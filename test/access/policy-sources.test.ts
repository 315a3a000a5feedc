import { describe, expect, it } from 'vitest'
import type { Reader } from '../../src/aws/port.ts'
import { error, Refusal } from '../../src/model/diagnostic.ts'
import type { Facts } from '../../src/model/facts.ts'
import type { Json } from '../../src/model/json.ts'
import { readPolicies } from '../../src/reconcile/policy-documents.ts'
import { sourceWords } from '../../src/report/access/can/source.ts'

const home = '111122223333'
const document = { Version: '2012-10-17', Statement: [] }

/** A look at IAM that shows these policies, by the ends of their ARNs, has not got the missing ones, and refuses the others. */
function readerOf(shown: readonly string[], missing: readonly string[] = []): Reader {
  const get = async (operation: string, input: { PolicyArn?: string }) => {
    const arn = input.PolicyArn ?? ''
    if (missing.some((name) => arn.endsWith(name))) throw new Refusal(error('aws-not-found', 'no such policy'))
    if (!shown.some((name) => arn.endsWith(name)))
      throw new Refusal(error('aws-access-denied', 'iam:GetPolicy was denied'))
    if (operation === 'GetPolicy') return { Policy: { Arn: arn, DefaultVersionId: 'v1' } }
    return { PolicyVersion: { Document: JSON.stringify(document) } }
  }
  return { get, list: async () => [] } as unknown as Reader
}

function factsIn(partition: string): Facts {
  return {
    now: new Date('2026-11-22T12:00:00Z'),
    region: 'eu-west-1',
    owner: 'sso-reconcile',
    accounts: [],
    caller: { account: home, arn: 'arn' },
    instance: { arn: `arn:${partition}:sso:::instance/x`, identity_store_id: 'd', region: 'eu-west-1', account: home },
  }
}

const listed = { texts: new Map<string, Json>([['Old', document]]), day: '2026-08-26' }

const read = (reader: Reader, managed: readonly string[], own: readonly string[] = [], partition = 'aws') =>
  readPolicies(reader, { managed, own }, factsIn(partition), listed)

describe('the texts of policies', () => {
  it('are those of AWS where it shows them, and this is told with the moment', async () => {
    const { textsIn, source, unread } = await read(readerOf(['New', 'Old', '/team/Own']), ['New', 'Old'], ['/team/Own'])
    expect(textsIn(home).get('New')).toEqual(document)
    expect(source).toEqual({ source: 'aws', as_of: '2026-11-22T12:00:00.000Z', from_list: [] })
    expect(unread).toBeUndefined()
  })

  it('of an account count there alone', async () => {
    const { textsIn, reason } = await read(readerOf(['/team/Own']), [], ['/team/Own'])
    expect(textsIn(home).get('/team/Own')).toEqual(document)
    expect(textsIn('444455556666').get('/team/Own')).toBeUndefined()
    expect(reason('/team/Own', '444455556666')).toBe(
      'it is a policy of that account: iam:GetPolicyVersion there would tell',
    )
  })

  it('are those of the list where AWS does not show them, as far as they are in it', async () => {
    const { textsIn, source, unread, reason } = await read(readerOf([]), ['New', 'Old'])
    expect([textsIn(home).get('Old'), textsIn(home).get('New')]).toEqual([document, undefined])
    expect(source).toEqual({ source: 'list', as_of: '2026-08-26', from_list: ['Old'] })
    expect(unread).toMatchObject({ unread: 'iam:GetPolicy was denied' })
    expect(reason('New', home)).toBe(
      'it is not among the policies that come with this version, and iam:GetPolicy was denied; iam:GetPolicyVersion would tell',
    )
  })

  it('are of both where AWS has no such policy any more', async () => {
    const { source, unread, reason } = await read(readerOf(['New'], ['Old', '/Gone']), ['New', 'Old'], ['/Gone'])
    expect(source).toEqual({ source: 'both', as_of: '2026-08-26', from_list: ['Old'] })
    expect(unread).toBeUndefined()
    expect(reason('/Gone', home)).toBe('AWS answers that there is no such policy')
  })

  it('of the list are not those of another partition', async () => {
    const { textsIn, source } = await read(readerOf([]), ['Old'], [], 'aws-cn')
    expect(textsIn(home).get('Old')).toBeUndefined()
    expect(source).toEqual({ source: 'list', as_of: '2026-08-26', from_list: [] })
  })

  it('that nobody understands are told as such', async () => {
    const { reason } = await read(readerOf(['New']), ['New'])
    expect(reason('New', home)).toBe('not all of its statements are understood')
    expect(reason('inline policy', home)).toBe('not all of its statements are understood')
  })
})

it.each([
  ['Policies as AWS has them now.', 'aws', []],
  ['AWS-managed policies as of 2026-08-26, the day of the list that comes with this version.', 'list', ['Old']],
  ['AWS showed none of its policies.', 'list', []],
  [
    'Policies as AWS has them now; Old, Older as of 2026-08-26, the day of the list that comes with this version.',
    'both',
    ['Old', 'Older'],
  ],
] as const)('%s', (words, source, from_list) => {
  expect(sourceWords({ source, as_of: '2026-08-26', from_list })).toBe(words)
})
