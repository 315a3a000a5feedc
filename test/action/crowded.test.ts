import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { manifestText, type Sections } from '../scenarios/cloud/support/office.ts'
import { pullRequest } from './support/pull-request.ts'
import { act } from './support/step.ts'

const { comments, desk, request } = pullRequest()

/** Somebody becomes an administrator, in the last lines of the file and under the last names. */
const zed = {
  users: { zed: { given_name: 'Z', family_name: 'Z', email: 'z@example.com' } },
  assignments: [{ users: ['zed'], permission_sets: ['zzz'], accounts: ['222233334444'] }],
}
const everything = { zzz: { managed_policies: ['AdministratorAccess'] } }

/** The comment on a pull request with these sections. */
async function commentOn(sections: Sections): Promise<string> {
  writeFileSync(join(desk().work, 'sso.yaml'), manifestText(sections))
  await act(request())
  const body = comments()[0]?.body ?? ''
  expect(body).toContain('left out for length')
  return body
}

const named = <T>(count: number, name: string, value: (index: number) => T) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${name}${index}`, value(index)]))

describe('a plan that is too large for its comment still shows who becomes an administrator', () => {
  it.each([
    ['changes', { groups: named(1500, `a${'x'.repeat(60)}`, () => ({})) }],
    [
      'notes',
      {
        permission_sets: named(500, 'a', () => ({
          inline_policy: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Action: 's3:Get*', Resource: `arn:aws:s3:::\${aws:${'y'.repeat(60)}}` }],
          },
        })),
      },
    ],
    ['details', { groups: named(80, 'a', () => ({ description: 'long '.repeat(200) })) }],
    [
      'steps by hand',
      { users: named(500, 'a', (index) => ({ given_name: 'A', family_name: 'B', email: `a${index}@example.com` })) },
    ],
  ])('among many %s', async (_what, crowd: Sections) => {
    const body = await commentOn({
      ...zed,
      ...crowd,
      users: { ...zed.users, ...(crowd.users as object) },
      permission_sets: { ...(crowd.permission_sets as object), ...everything },
    })
    const rows = body.split('\n').filter((line) => line.startsWith('| `'))
    expect(rows[0]).toContain('`permission-set/zzz` | create | gives: everything')
    expect(rows[1]).toContain('zed gets zzz (1h) on Dev as administrator')
  })
})

describe('what begins some day', () => {
  const from = '2999-01-01'
  const later = { ...zed, assignments: zed.assignments.map((one) => ({ ...one, from })) }

  it('is told in the plan that is reviewed', async () => {
    writeFileSync(join(desk().work, 'sso.yaml'), manifestText({ ...later, permission_sets: everything }))
    const { log } = await act(request())
    const said = `not in this plan, but in one of ${from} or later: zed gets zzz (1h) on Dev as administrator`
    expect(comments()[0]?.body).toContain(`- warning: \`sso.yaml:4\` ${said}`)
    expect(log).toContain(`::warning file=sso.yaml,line=4,col=15::${said}`)
  })

  it('is told before whatever else is', async () => {
    const set = {
      inline_policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'x9:Y', Resource: '*' }] },
    }
    const body = await commentOn({ ...later, permission_sets: { ...named(800, 'a', () => set), ...everything } })
    expect(body.split('\n').find((line) => line.startsWith('- warning'))).toContain('zed gets zzz (1h) on Dev')
  })

  it('is not told twice where somebody has it today', async () => {
    const assignments = [...zed.assignments, ...later.assignments]
    writeFileSync(join(desk().work, 'sso.yaml'), manifestText({ ...later, assignments, permission_sets: everything }))
    expect((await act(request())).log).not.toContain('not in this plan')
  })
})
