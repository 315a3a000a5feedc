import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { json } from '../e2e/support/relay.ts'
import { assigned, people, rename, users, vanish, world } from './support/applications.ts'
import { management } from './support/cloud.ts'
import { newOffice, type Office, type Sections } from './support/office.ts'

function textAt({ desk }: Office): string {
  return readFileSync(join(desk.work, 'sso.yaml'), 'utf8')
}

type Row = Readonly<Record<string, string>>

describe('applications that the manifest declares', () => {
  it('are not closed by a target before whoever comes into an assigned group is there', async () => {
    const { cloud, here } = await world([{ name: 'Wiki', groups: ['devs'], assignmentRequired: false }])
    here.write({
      ...people,
      groups: { devs: { members: ['hana', 'taro'] }, fresh: { members: ['花子'] } },
      applications: { Wiki: { groups: ['devs', 'fresh'], assignment_required: true } },
    })
    const { operations } = await here.plan('--target', 'application/Wiki')
    expect(operations.map(({ verb, address }) => `${verb} ${address}`)).toEqual(
      expect.arrayContaining([
        'create membership/devs:taro',
        'create membership/fresh:花子',
        'update application/Wiki',
      ]),
    )
    expect((await here.apply('--target', 'application/Wiki')).code).toBe(0)
    expect(await assigned(cloud)).toEqual(['Wiki: devs', 'Wiki: fresh'])
    expect((await here.run(['plan', '--check'])).code).toBe(0)
  })

  it('let in whoever is listed and nobody else, and then nothing is left to do', async () => {
    const { cloud, here } = await world([
      { name: 'Grafana', users: ['taro'] },
      { name: 'Other', users: ['taro'] },
    ])
    here.write({ ...people, applications: { Grafana: { users: ['花子'], groups: ['devs'] } } })
    const plan = await here.plan()
    expect(plan.operations.map(({ verb, address, effect }) => [verb, address, effect])).toEqual([
      ['create', 'application-assignment/Grafana:group:devs', 'members of devs (1) get application Grafana'],
      ['create', 'application-assignment/Grafana:user:花子', '花子 gets application Grafana'],
      ['delete', 'application-assignment/Grafana:user:taro', 'taro loses application Grafana'],
    ])
    expect(plan.access.lost).toEqual(['taro loses application Grafana'])
    expect((await here.apply()).code).toBe(0)
    expect(await assigned(cloud)).toEqual(['Grafana: devs', 'Grafana: 花子', 'Other: taro'])
    expect((await here.run(['plan', '--check'])).code).toBe(0)
  })

  it('keep whoever is assigned where neither list is written, and lose everybody where one is empty', async () => {
    const { cloud, here } = await world([{ name: 'Grafana', users: ['taro'], groups: ['devs'] }])
    here.write({ ...people, applications: { Grafana: {} } })
    expect((await here.plan()).operations).toEqual([])
    here.write({ ...people, applications: { Grafana: { users: [] } } })
    const plan = await here.plan()
    expect(plan.operations).toHaveLength(2)
    expect(plan.diagnostics.map(({ code }) => code)).toEqual(['application-nobody'])
    expect((await here.apply()).code).toBe(0)
    expect(await assigned(cloud)).toEqual([])
  })

  it('let in every user, or only who is assigned', async () => {
    const { here } = await world([{ name: 'Wiki' }])
    here.write({ applications: { Wiki: { assignment_required: false } } })
    expect((await here.plan()).operations[0]).toMatchObject({
      ...{ verb: 'update', address: 'application/Wiki', effect: 'every user of Identity Center can open Wiki' },
      fields: [{ path: 'assignment_required', before: true, after: false }],
    })
    expect((await here.apply()).code).toBe(0)
    expect((await here.run(['plan', '--check'])).code).toBe(0)
    here.write({ applications: { Wiki: {} } })
    expect((await here.plan()).operations).toEqual([])
    here.write({ applications: { Wiki: { assignment_required: true } } })
    expect((await here.apply()).stdout).toContain('whoever is not assigned to Wiki can no longer open it')
  })

  it('are looked for by name, and never made', async () => {
    const { cloud, here } = await world([{ name: 'Grafana' }])
    here.write({ ...people, applications: { Grafanna: { users: ['taro'], assignment_required: false } } })
    const { code, stderr } = await here.run(['apply', '--yes'])
    expect(code).toBe(1)
    expect(stderr).toContain('sso.yaml:5:')
    expect(stderr).toContain('Identity Center has no application Grafanna')
    expect(stderr).toContain('did you mean Grafana?')
    expect(await assigned(cloud)).toEqual([])
  })

  it('go by their ARN where several have the same name', async () => {
    const { cloud, here } = await world([{ name: 'Grafana' }, { name: 'Grafana', users: ['taro'] }])
    here.write({ ...people, applications: { Grafana: { users: ['hana'] } } })
    const refused = await here.run(['plan'])
    expect(refused.code).toBe(1)
    expect(refused.stderr).toContain('Identity Center has 2 applications called Grafana')
    const [arn = ''] = /arn:aws:sso::\d{12}:application\/\S+\/apl-\w+/.exec(refused.stderr) ?? []
    here.write({ ...people, applications: { [arn]: { users: ['hana'] } } })
    const plan = await here.plan()
    expect(plan.operations.some(({ effect }) => effect === 'hana gets application Grafana')).toBe(true)
    expect((await here.apply('--max-deletes', '1')).code).toBe(0)
    expect((await here.run(['plan', '--check'])).code).toBe(0)
    expect(await assigned(cloud)).toContain('Grafana: hana')
    // What a refusal, an address and a report call it can be written again.
    expect(
      (await here.plan('--target', `application-assignment/${arn.replaceAll(':', '%3A')}:user:hana`)).diagnostics,
    ).toEqual([])
  })

  it('are refused under ignore too, with who is named and not declared', async () => {
    const { here } = await world([{ name: 'Grafana' }])
    here.write({
      applications: { Grafana: { users: ['nobody'], groups: ['none'] } },
      ignore: { applications: ['Gra*'] },
    })
    const { code, stderr } = await here.run(['validate'])
    expect(code).toBe(1)
    expect(stderr).toContain('user "nobody" is not declared under users')
    expect(stderr).toContain('group "none" is not declared under groups')
    expect(stderr).toContain('"Grafana" is both declared and ignored')
  })

  it('cannot be lost by whom the manifest protects', async () => {
    const { cloud, here } = await world([{ name: 'Grafana', users: ['taro'], groups: ['devs'] }])
    const cases: Sections[] = [
      {
        ...people,
        users: { ...users, taro: { ...users.taro, protect: true } },
        applications: { Grafana: { groups: ['devs'] } },
      },
      {
        ...people,
        users: { ...users, hana: { ...users.hana, protect: true } },
        applications: { Grafana: { users: ['taro'] } },
      },
      { ...people, applications: { Grafana: { users: ['taro'], protect: true } } },
    ]
    for (const sections of cases) {
      here.write(sections)
      const { code, stderr } = await here.run(['apply', '--yes', '--max-deletes', '9', '--allow-lockout'])
      expect(code, JSON.stringify(sections)).toBe(1)
      expect(stderr).toContain('is protected, and with this plan')
    }
    expect(await assigned(cloud)).toEqual(['Grafana: devs', 'Grafana: taro'])
  })

  it('lose many at once only with a confirmation', async () => {
    const { here } = await world([
      { name: 'Grafana', users: ['taro', 'hana', '花子'] },
      { name: 'Wiki', users: ['taro', 'hana', '花子'] },
    ])
    here.write({ ...people, applications: { Grafana: { users: ['taro'] }, Wiki: { users: ['taro'] } } })
    const refused = await here.apply()
    expect(refused.code).toBe(1)
    expect(refused.stderr).toContain('the plan deletes 4 of 6 (67 %) of kind application-assignment')
    expect((await here.apply('--max-deletes', '4')).code).toBe(0)
  })
})

describe('who could open an application', () => {
  it('is assigned before it is closed, so that a refused assignment shuts nobody out', async () => {
    const { cloud, here } = await world([{ name: 'Wiki', assignmentRequired: false }])
    here.write({ ...people, applications: { Wiki: { users: ['hana'], assignment_required: true } } })
    await cloud.faults({ rules: [{ kind: 'deny', operations: ['CreateApplicationAssignment'] }] })
    expect((await here.apply()).code).toBe(1)
    const { applications = {} } = (await cloud.export()) as unknown as Record<string, Record<string, Row>>
    expect(Object.values(applications)).toMatchObject([{ assignmentRequired: false }])
    await cloud.faults({})
    expect((await here.apply()).code).toBe(0)
    expect(await assigned(cloud)).toEqual(['Wiki: hana'])
  })

  it('is told where a narrowed plan would shut everybody out', async () => {
    const { here } = await world([{ name: 'Wiki', assignmentRequired: false }])
    here.write({ ...people, applications: { Wiki: { users: ['hana'], assignment_required: true } } })
    const plan = await here.plan('--only', 'application')
    expect(plan.operations.map(({ effect }) => effect)).toEqual([
      'whoever is not assigned to Wiki can no longer open it, and nobody is',
    ])
  })

  it('is counted where it is opened to everybody or closed', async () => {
    const { here } = await world([
      { name: 'Wiki', assignmentRequired: false },
      { name: 'Board', assignmentRequired: false, users: ['taro'] },
      { name: 'Grafana', users: ['taro'] },
      { name: 'Notes' },
      { name: 'Blank' },
    ])
    here.write({
      ...people,
      applications: {
        Blank: { users: ['hana'], assignment_required: false },
        Wiki: { users: ['hana', 'taro', '花子'], assignment_required: true },
        Board: { users: ['taro'], groups: ['devs'], assignment_required: true },
        Grafana: { users: ['hana'], assignment_required: false },
        Notes: { assignment_required: false },
      },
    })
    // Whoever is assigned to what is open, or was, neither gains nor loses by that.
    expect((await here.plan()).access).toEqual({
      gained: [
        'every user (3) gets application Blank',
        'every user who was not assigned (2) gets application Grafana',
        'every user who was not assigned (up to 3) gets application Notes',
      ],
      lost: ['every user who is not assigned (1) loses application Board'],
    })
    const text = (await here.run(['plan'])).stdout
    expect(text).toContain('Access: 3 grants added, 1 grant removed.')
    expect((await here.apply('--max-deletes', '9')).code).toBe(0)
    expect((await here.plan()).access).toEqual({ gained: [], lost: [] })
  })

  it('is counted exactly where it is closed, also where the file does not say who is in an assigned group', async () => {
    const { cloud, here } = await world([{ name: 'Wiki', groups: ['devs'], assignmentRequired: false }])
    const closed = { groups: ['devs'], assignment_required: true }
    const lost = 'every user who is not assigned (2) loses application Wiki'
    for (const sections of [
      { groups: { devs: {} }, applications: { Wiki: closed } },
      { groups: { devs: { external: true } }, applications: { Wiki: closed } },
      { applications: { Wiki: { assignment_required: true } } },
    ]) {
      here.write(sections)
      expect((await here.plan()).access.lost).toEqual([lost])
    }
    await cloud.faults({ rules: [{ kind: 'deny', operations: ['ListGroupMemberships'] }] })
    expect((await here.plan()).access.lost).toEqual([lost.replace('(2)', '(up to 3)')])
  })

  it('comes along with a target that closes it, with the user it is for; not with one that opens it', async () => {
    const { cloud, here } = await world([{ name: 'Wiki', assignmentRequired: false }, { name: 'Grafana' }])
    const jiro = { ...users.taro, email: 'jiro@example.com' }
    const all = { ...people, users: { ...users, jiro } }
    here.write({
      ...all,
      applications: {
        Wiki: { users: ['jiro'], groups: ['devs'], assignment_required: true },
        Grafana: { users: ['jiro'], assignment_required: false },
      },
    })
    const closing = await here.plan('--target', 'application/Wiki')
    expect(closing.operations.map(({ address, effect }) => [address, effect])).toEqual([
      ['user/jiro', undefined],
      ['application-assignment/Wiki:group:devs', 'members of devs (1) get application Wiki'],
      ['application-assignment/Wiki:user:jiro', 'jiro gets application Wiki'],
      ['application/Wiki', 'whoever is not assigned to Wiki can no longer open it'],
    ])
    const opening = await here.plan('--target', 'application/Grafana')
    expect(opening.operations.map(({ address }) => address)).toEqual(['application/Grafana'])
    expect((await here.apply('--target', 'application/Wiki')).code).toBe(0)
    expect(await assigned(cloud)).toEqual(['Wiki: devs', 'Wiki: jiro'])
  })

  it('keeps it where the manifest protects the user, whatever it says of applications', async () => {
    const { cloud, here } = await world([
      { name: 'Wiki', assignmentRequired: false },
      { name: 'Grafana', groups: ['devs'] },
    ])
    const all = { ...users, hana: { ...users.hana, protect: true } }
    for (const sections of [
      { users: all, applications: { Wiki: { assignment_required: true, users: ['taro'] } } },
      { users: all, groups: { devs: { members: [] } } },
    ]) {
      here.write(sections)
      const { code, stderr } = await here.run(['apply', '--yes', '--max-deletes', '9'])
      expect(code, JSON.stringify(sections)).toBe(1)
      expect(stderr).toMatch(/user\/hana is protected, and with this plan it loses application (?:Wiki|Grafana)/)
    }
    await cloud.faults({ rules: [{ kind: 'deny', operations: ['sso-admin:ListApplications'] }] })
    here.write({ users: all })
    expect((await here.run(['plan'])).stderr).toContain('protect does not cover applications, which could not be read')
  })

  it('is looked up where that depends on a group of which the manifest says nothing', async () => {
    const { cloud, here } = await world([{ name: 'Wiki', groups: ['devs'], assignmentRequired: false }])
    const all = { ...users, hana: { ...users.hana, protect: true } }
    here.write({ users: all, applications: { Wiki: { assignment_required: true } } })
    expect((await here.plan()).refusals).toEqual([])
    await cloud.faults({
      rules: [{ kind: 'deny', operations: ['ListGroupMembershipsForMember', 'ListGroupMemberships'] }],
    })
    expect((await here.plan()).refusals.map(({ message }) => message)).toEqual([
      'user/hana is protected, and with this plan it may lose application Wiki, which depends on a group whose members were not read: devs',
    ])
  })

  it('loses it when revoked, also where the application is protected', async () => {
    const { cloud, here } = await world([{ name: 'Grafana', users: ['hana'] }])
    here.write({ ...people, applications: { Grafana: { protect: true } } })
    expect((await here.run(['revoke', 'hana', '--yes'])).code).toBe(0)
    expect(await assigned(cloud)).toEqual([])
  })

  it('gets the same one back after it was renamed and another has its name', async () => {
    const { cloud, here } = await world([{ name: 'Grafana', users: ['hana'] }, { name: 'Lonely' }])
    here.write(people)
    expect((await here.run(['revoke', 'hana', '--yes'])).code).toBe(0)
    await rename(cloud, { Grafana: 'G2', Lonely: 'Grafana' })
    expect((await here.run(['revoke', 'hana', '--undo', '--yes'])).code).toBe(0)
    expect(await assigned(cloud)).toEqual(['G2: hana'])
  })
})

describe('names of applications', () => {
  it('that look like the ARN of another one are no names', async () => {
    const { cloud, here } = await world([{ name: 'Grafana', users: ['hana'] }])
    const [arn = ''] = Object.keys((await cloud.export()).applications ?? {})
    await cloud.add({ applications: [{ name: arn, users: ['taro'] }] })
    here.write({ ...people, applications: { [arn]: { users: ['hana', 'taro'] } } })
    expect((await here.plan()).operations.map(({ verb, effect }) => [verb, effect])).toEqual([
      ['create', 'taro gets application Grafana'],
    ])
  })

  it('are ignored however many there are of one', async () => {
    const { cloud, here } = await world([
      { name: 'Twin', users: ['taro'] },
      { name: 'Twin', users: ['taro'] },
    ])
    here.write({ ignore: { applications: ['Twin'] }, absent: { users: ['taro'] } })
    expect((await here.plan()).operations.map(({ address }) => address)).toEqual(['user/taro'])
    expect(await assigned(cloud)).toEqual(['Twin: taro', 'Twin: taro'])
  })

  it('are declared once, by name or by ARN', async () => {
    const { cloud, here } = await world([{ name: 'Grafana' }])
    const [arn = ''] = Object.keys((await cloud.export()).applications ?? {})
    here.write({ applications: { Grafana: {}, [arn]: {} } })
    expect((await here.run(['plan'])).stderr).toContain('application Grafana is declared by its ARN too')
  })
})

describe('what nobody declared', () => {
  it('is not asked for by a plan that has no such section', async () => {
    const { cloud, here } = await world([{ name: 'Grafana', users: ['taro'] }])
    here.write(people)
    await cloud.forget()
    expect((await here.plan()).operations).toEqual([])
    expect((await cloud.calls()).filter(({ operation }) => operation.includes('Application'))).toEqual([])
  })

  it('goes with a user or a group that is removed', async () => {
    const { cloud, here } = await world([
      { name: 'Grafana', users: ['taro'], groups: ['devs'] },
      { name: 'Wiki', users: ['hana'] },
    ])
    here.write({ users: { hana: users.hana }, absent: { users: ['taro'], groups: ['devs'] } })
    expect((await here.apply()).code).toBe(0)
    expect(await assigned(cloud)).toEqual(['Wiki: hana'])
  })

  it.each(['apart', 'mixed'] as const)(
    'is taken from a revoked user and restored, with groups %s',
    async (applicationsOfGroups) => {
      const { cloud, here } = await world([
        { name: 'Grafana', users: ['hana'], groups: ['devs'] },
        { name: 'Wiki', assignmentRequired: false },
      ])
      await cloud.faults({ unconfirmed: { applicationsOfGroups } })
      here.write(people)
      const { code, stdout, stderr } = await here.run(['revoke', 'hana', '--yes'])
      expect(code, stdout + stderr).toBe(0)
      expect(stdout).toContain('hana has no grants')
      expect(stdout.replace(/\s+/g, ' ')).toContain(
        'hana can still open Wiki, as every user can: what ends that is assignment_required: true for the application under applications in the manifest, or deleting or disabling the user.',
      )
      expect(stdout).toContain('Not checked: access outside IAM Identity Center.')
      expect(await assigned(cloud)).toEqual(['Grafana: devs'])
      expect((await here.plan()).operations).toEqual([])
      const back = await here.run(['revoke', 'hana', '--undo', '--yes'])
      expect(back.code, back.stderr).toBe(0)
      expect(back.stdout).toContain('  application Grafana')
      expect(await assigned(cloud)).toEqual(['Grafana: devs', 'Grafana: hana'])
    },
  )

  it('is still open to a revoked user through a group of an identity provider, and that is no success', async () => {
    const { cloud, here } = await world([])
    const externalIds = [{ Issuer: 'https://idp.example.com', Id: 'g' }]
    await cloud.add({
      groups: [{ displayName: 'scim', externalIds, members: ['hana'] }],
      applications: [{ name: 'Grafana', groups: ['scim'] }],
    })
    here.write(people)
    const { code, stdout } = await here.run(['revoke', 'hana', '--yes'])
    expect(code).toBe(1)
    expect(stdout).toContain('  application Grafana, through group scim')
    expect(stdout).toContain('group scim belongs to an identity provider: remove hana from it there')
    const [warning] = (await here.plan()).diagnostics.filter((one) => one.code === 'revoked-still-reaches')
    expect(warning?.message).toBe('hana is revoked but still has application Grafana through scim')
  })

  it('that AWS does not tell of is named, and ends nothing else', async () => {
    const { cloud, here } = await world([{ name: 'Grafana', users: ['hana'] }])
    await cloud.faults({ rules: [{ kind: 'deny', operations: ['sso-admin:ListApplications'] }] })
    here.write(people)
    const { code, stdout } = await here.run(['revoke', 'hana', '--yes'])
    expect(code).toBe(0)
    expect(stdout).toContain('Not checked: applications in IAM Identity Center')
    expect(stdout).toContain(
      'hana has no grants in accounts and cannot start new role sessions; applications could not be read.',
    )
    expect(await assigned(cloud)).toEqual(['Grafana: hana'])
  })
})

describe('a refused read', () => {
  it.each(['ListApplications', 'ListApplicationAssignments', 'GetApplicationAssignmentConfiguration'])(
    '%s fails the plan of a manifest with applications',
    async (operation) => {
      const { cloud, here } = await world([{ name: 'Grafana', users: ['taro'] }])
      await cloud.faults({ rules: [{ kind: 'deny', operations: [operation] }] })
      here.write({ ...people, applications: { Grafana: { users: [] } } })
      const { code, stderr } = await here.run(['apply', '--yes'])
      expect(code).toBe(1)
      expect(stderr).toContain(`sso:${operation}`)
      expect(await assigned(cloud)).toEqual(['Grafana: taro'])
    },
  )
})

describe('an apply that is disturbed', () => {
  it.each(['conflict', 'done'] as const)(
    'finishes where an answer got lost (%s)',
    async (sameApplicationAssignment) => {
      const { cloud, here } = await world([{ name: 'Grafana', users: ['taro'] }])
      const cut = [
        'CreateApplicationAssignment',
        'DeleteApplicationAssignment',
        'PutApplicationAssignmentConfiguration',
      ]
      await cloud.faults({
        unconfirmed: { sameApplicationAssignment },
        rules: cut.map((one) => ({ kind: 'cut-after', operations: [one], times: 1 })),
      })
      here.write({ ...people, applications: { Grafana: { users: ['hana'], assignment_required: false } } })
      const { code, stdout, stderr } = await here.run(['apply', '--yes'])
      expect(code, stdout + stderr).toBe(0)
      expect(await assigned(cloud)).toEqual(['Grafana: hana'])
      expect((await here.run(['plan', '--check'])).code).toBe(0)
    },
  )
})

describe('an application that is deleted while an apply runs', () => {
  it.each([
    ['CreateApplicationAssignment', { users: ['hana'] }],
    ['PutApplicationAssignmentConfiguration', { assignment_required: false }],
  ])('is named by the change that needs it (%s), with what to do', async (operation, row) => {
    const { cloud } = await world([{ name: 'Grafana' }])
    const relay = await cloud.relay()
    const here = newOffice(relay.url)
    const tables = await cloud.export()
    relay.pass = async (call, forward) => {
      if (call.operation === operation) await cloud.restore({ ...tables, applications: {} })
      return forward()
    }
    here.write({ ...people, applications: { Grafana: row } })
    const { code, stdout, stderr } = await here.run(['apply', '--yes'])
    expect(code).toBe(1)
    const said = (stdout + stderr).replace(/\s+/g, ' ')
    expect(said).toContain('application Grafana was deleted after the plan was made')
    expect(said).toContain('if that was meant, remove Grafana from applications in the manifest')
    here.write(people)
    expect((await here.run(['plan', '--check'])).code).toBe(0)
  })

  it.each(['the user is gone', 'nobody can tell'])('is not said to be gone where %s', async (what) => {
    const { cloud } = await world([{ name: 'Grafana' }])
    const relay = await cloud.relay()
    const here = newOffice(relay.url)
    here.write({ ...people, applications: { Grafana: { users: ['hana'] } } })
    const tables = await cloud.export()
    const refused = json({ __type: 'AccessDeniedException', message: 'no' }, 400)
    const isUser = what === 'the user is gone'
    relay.pass = async ({ operation }, forward) => {
      const isAsked = relay.calls.includes('CreateApplicationAssignment')
      if (operation === 'ListApplications' && isAsked && !isUser) return refused
      if (operation !== 'CreateApplicationAssignment') return forward()
      if (isUser) await vanish(cloud, 'users', 'hana')
      else await cloud.restore({ ...tables, applications: {} })
      return forward()
    }
    const { code, stdout, stderr } = await here.run(['apply', '--yes'])
    expect(code).toBe(1)
    expect(stdout + stderr).toContain('found no such resource')
    expect(stdout + stderr).not.toContain('was deleted after')
  })
})

describe('a delegated administrator', () => {
  it.each(['all', 'filtered'] as const)(
    'manages applications as far as lists go (%s)',
    async (applicationListsByDelegate) => {
      const { cloud, here } = await world([{ name: 'Grafana', users: ['taro'] }])
      await cloud.faults({ unconfirmed: { applicationListsByDelegate } })
      const delegate = await cloud.delegate('222233334444')
      here.write({ ...people, applications: { Grafana: { users: ['hana'] } } })
      const { code, stderr } = await here.run(['apply', '--yes'], delegate)
      if (applicationListsByDelegate === 'all') expect(code, stderr).toBe(0)
      else expect(stderr).toContain('sso:ListApplications')
      expect(await assigned(cloud)).toEqual([applicationListsByDelegate === 'all' ? 'Grafana: hana' : 'Grafana: taro'])
    },
  )
})

describe('access', () => {
  it('tells who may open which application, in every form', async () => {
    const { cloud, here } = await world([
      { name: 'Grafana', users: ['taro'], groups: ['devs'] },
      { name: 'Wiki', assignmentRequired: false },
      { name: '=cmd()', users: ['花子'], disabled: true },
    ])
    await cloud.add({ groups: [{ displayName: 'empty' }], applications: [{ name: 'Later', groups: ['empty'] }] })
    const tsv = await here.run(['access', '--applications'])
    expect(tsv.stdout.replaceAll(/arn:\S+/g, 'ARN')).toBe(
      [
        'hana\tARN\tGrafana\tgroup devs\t\n',
        'taro\tARN\tGrafana\tdirect\t\n',
        "花子\tARN\t'=cmd()\tdirect\tapplication disabled\n",
      ].join(''),
    )
    expect(tsv.stderr).toContain('Open to every user: Wiki.')
    expect(tsv.stderr).toContain('Assigned to empty groups (no one can open it yet): empty: Later.')
    const text = await here.run(['access', '--format', 'text'])
    expect(text.stdout).toMatch(/^taro +Grafana +direct$/m)
    const json = JSON.parse((await here.run(['access', '--json'])).stdout)
    expect(json.applications).toHaveLength(3)
    expect(json.not_checked.applications).toBe(0)
    expect(json.applications_open_to_every_user.map((one: Row) => one.application)).toEqual(['Wiki'])
    const one = JSON.parse((await here.run(['access', '--applications', '--user', 'hana', '--json'])).stdout)
    expect(one.applications.map((row: Row) => row.user)).toEqual(['hana'])
    expect(one.access).toBeUndefined()
    expect((await here.run(['access', '--format', 'markdown'])).stdout).toContain('| taro | Grafana | direct |  |')
    expect((await here.run(['access', '--format', 'html'])).stdout).toContain('<td>taro<td>Grafana<td>direct<td>')
    expect((await here.run(['access', '--applications', '--format', 'csv'])).stdout).toContain(
      'user,application_arn,application,',
    )
  })

  it('says what it could not read of them, and counts it', async () => {
    const { cloud, here } = await world([{ name: 'Grafana', users: ['taro'] }, { name: 'Wiki' }])
    await cloud.faults({ rules: [{ kind: 'deny', operations: ['ListApplicationAssignments'] }] })
    const { code, stdout } = await here.run(['access', '--format', 'text'])
    expect(code).toBe(0)
    expect(stdout).toContain('Not known who may open: Grafana, Wiki')
    expect(stdout).toContain('Not checked: 2 applications in IAM Identity Center')
  })

  it('is about accounts alone where it is narrowed down to them', async () => {
    const { cloud, here } = await world([{ name: 'Grafana', users: ['taro'] }])
    await cloud.forget()
    const { stdout } = await here.run(['access', '--account', management, '--format', 'text'])
    expect(stdout).toContain('Not checked: 1 application in IAM Identity Center')
    expect((await cloud.calls()).some(({ operation }) => operation === 'ListApplicationAssignments')).toBe(false)
    const both = await here.run(['access', '--applications', '--account', management])
    expect([both.code, both.stdout]).toEqual([1, ''])
    expect((await here.run(['access', '--applications', '--can', 's3:GetObject'])).code).toBe(1)
  })
})

describe('ignore', () => {
  it('is refused for an application that is declared, and done once it is not', async () => {
    const { here } = await world([{ name: 'Grafana', users: ['taro'] }])
    here.write({ ...people, applications: { Grafana: { users: ['taro'] } } })
    const { code, stdout, stderr } = await here.run(['ignore', 'application/Grafana'])
    expect([code, stdout]).toEqual([1, ''])
    const said = stderr.replace(/\s+/g, ' ')
    expect(said).toContain('application/Grafana cannot be ignored: the manifest declares it')
    const [, name = '', list = ''] =
      /take the declaration out of the file and list (\S+) under ignore\.(\w+)/.exec(said) ?? []
    here.write({ ...people, ignore: { [list]: [name] }, absent: { users: [] } })
    expect((await here.run(['validate'])).code).toBe(0)
    // What is ignored loses nobody, whoever leaves.
    const { taro: _leaves, ...users } = people.users as Record<string, unknown>
    here.write({ ...people, users, ignore: { [list]: [name] }, absent: { users: ['taro'] } })
    expect((await here.plan()).operations.map(({ address }) => address)).toEqual(['user/taro'])
  })
})

describe('init and adopt', () => {
  it('write who is assigned, and leave alone what belongs to a service or cannot be named', async () => {
    const { cloud, here } = await world([
      { name: 'Grafana', users: ['taro'], groups: ['devs'] },
      { name: 'Wiki', assignmentRequired: false },
      { name: 'Q', provider: 'qbusiness', users: ['taro'] },
      { name: 'Unused' },
    ])
    const { code, stderr } = await here.run(['init', '--force'])
    expect(code, stderr).toBe(0)
    const text = textAt(here)
    expect(text).toMatch(/^ {2}Grafana: \{ groups: \[devs\], users: \[taro\] \}$/m)
    expect(text).toMatch(/^ {2}Wiki: \{ assignment_required: false \}$/m)
    expect(text).not.toMatch(/^ {2}(Q|Unused):/m)
    expect(text + stderr).toContain('application Q: it belongs to qbusiness')
    expect((await here.run(['plan', '--check'])).code).toBe(0)
    await cloud.faults({})
  })

  it('take what somebody else assigned into the file, or take away what was', async () => {
    const { here } = await world([{ name: 'Grafana', users: ['taro', 'hana'] }])
    here.write({ ...people, applications: { Grafana: { users: ['taro', '花子'], assignment_required: false } } })
    const plan = await here.plan()
    const addresses = plan.operations.map(({ address }) => address)
    const { code, stderr } = await here.run(['adopt', ...addresses])
    expect(code, stderr).toBe(0)
    expect((await here.run(['plan', '--check'])).code).toBe(0)
    expect(textAt(here)).toMatch(/"users":\s*\["taro", "?hana"?\]/)
  })
})
