import { describe, expect, test } from 'vitest'
import { newLaptop } from '../../support/machine.ts'

const mark = '# managed by sso-reconcile\n'

function session(name: string, id: string, owner = mark): string {
  return `${owner}[sso-session ${name}]\nsso_start_url = https://${id}.awsapps.com/start\nsso_region = eu-west-1\nsso_registration_scopes = sso:account:access\n\n`
}

function profile(name: string, of: string, owner = mark): string {
  return `${owner}[profile ${name}]\nsso_session = ${of}\nsso_account_id = 444455556666\nsso_role_name = Admin\n\n`
}

/** The manifest of a portal; `newLaptop` writes d-1234567890 where it says nothing. */
function manifest(id: string, local: string): string {
  return `version: 1
identity_center: { region: eu-west-1, start_url: "https://${id}.awsapps.com/start" }
accounts: { dev: "444455556666" }
local: ${local}
`
}

const mine = manifest(
  'd-2222222222',
  '{ sso_session: corp, profiles: { work: { account: dev, permission_set: Admin } } }',
)

describe('manifests that share a machine', () => {
  test('one without a name leaves the sections of another portal alone', async () => {
    const others = session('personal', 'd-1111111111') + profile('home', 'personal')
    const laptop = newLaptop(mine, { '.aws/config': others })
    expect((await laptop.run('apply')).code).toBe(0)
    expect(laptop.read('.aws/config')).toContain(others.trim())
    expect(laptop.read('.aws/config')).toContain('[profile work]')
    laptop.manifest(
      manifest(
        'd-1111111111',
        '{ sso_session: personal, profiles: { home: { account: dev, permission_set: Admin } } }',
      ),
    )
    expect((await laptop.run('plan')).stdout).toMatch(/No changes\. This machine matches/)
  })

  test('what is of the same portal goes when the manifest no longer names it', async () => {
    const laptop = newLaptop(mine, {
      '.aws/config':
        session('corp', 'd-2222222222') +
        session('old', 'd-2222222222') +
        profile('work', 'corp') +
        profile('gone', 'corp') +
        profile('moved', 'old'),
    })
    const { stdout } = await laptop.run('plan')
    expect(stdout).toMatch(/- profile\/gone/)
    expect(stdout).toMatch(/- profile\/moved/)
    expect(stdout).toMatch(/- sso-session\/old/)
  })

  test('a marked profile whose portal is not known stays', async () => {
    const laptop = newLaptop(mine, {
      '.aws/config':
        session('corp', 'd-2222222222') +
        profile('work', 'corp') +
        session('alias', 'my-company') +
        profile('kept', 'alias') +
        profile('dangling', 'nowhere'),
    })
    expect((await laptop.run('plan')).stdout).toMatch(/No changes\./)
  })

  test('a session that others sign in through is not led elsewhere; they are named', async () => {
    const laptop = newLaptop(mine, {
      '.aws/config': session('corp', 'd-1111111111', '') + profile('theirs', 'corp', '') + profile('work', 'corp', ''),
    })
    const { code, stderr } = await laptop.run('plan')
    expect(code).toBe(1)
    expect(stderr).toMatch(/sso-session corp points to https:\/\/d-1111111111.* and is used by theirs/)
    expect(stderr).toContain('rename local.sso_session')
    expect((await laptop.run('apply')).code).toBe(1)
    expect(laptop.read('.aws/config')).toContain('d-1111111111')
    laptop.manifest(mine.replaceAll('corp', 'office'))
    expect((await laptop.run('apply')).code).toBe(0)
    expect(laptop.read('.aws/config')).toContain('[sso-session corp]')
  })

  test('a session that only the manifest’s own profiles use may be led elsewhere', async () => {
    const laptop = newLaptop(mine, {
      '.aws/config': session('corp', 'd-1111111111', '') + profile('work', 'corp', ''),
    })
    expect((await laptop.run('apply')).code).toBe(0)
    expect(laptop.read('.aws/config')).toContain('d-2222222222')
  })

  test('a marked profile of another portal is not taken because it is called the same', async () => {
    const theirs = session('personal', 'd-1111111111') + profile('work', 'personal')
    const laptop = newLaptop(mine, { '.aws/config': theirs })
    const { code, stderr } = await laptop.run('apply')
    expect(code).toBe(1)
    expect(stderr).toMatch(/profile work signs in at https:\/\/d-1111111111\S+, not at the portal/)
    expect(laptop.read('.aws/config')).toBe(theirs)
    // The advice.
    laptop.write('.aws/config', session('personal', 'd-1111111111') + profile('work', 'personal', ''))
    expect((await laptop.run('apply')).code).toBe(0)
    expect(laptop.read('.aws/config')).toContain('sso_session = corp')
  })

  test('who is led to a session of another name is told to log in, as a login is kept by that name', async () => {
    const laptop = newLaptop(mine, { '.aws/config': session('old', 'd-2222222222') + profile('work', 'old') })
    expect((await laptop.run('apply')).stdout).toMatch(/Next: .*login .*work/)
    laptop.manifest(mine.replace('Admin', 'Read'))
    expect((await laptop.run('apply')).stdout).not.toContain('Next:')
  })

  test('lines a person added to a section of ours are named before it goes', async () => {
    const laptop = newLaptop(mine, {
      '.aws/config':
        session('corp', 'd-2222222222') +
        profile('work', 'corp') +
        profile('gone', 'corp').replace(
          '\n\n',
          '\n# ask Noah first\nca_bundle = /etc/ssl/corp.pem\ns3 =\n  max_queue_size = 10\n\n',
        ),
    })
    const { stdout } = await laptop.run('plan')
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      'also removes lines that sso-reconcile did not write: ca_bundle, s3, 1 comment; a backup of the file is kept',
    )
  })
})
