import { describe, expect, test } from 'vitest'
import { run } from '../../support/here.ts'
import { newLaptop } from '../../support/machine.ts'

/** A manifest without a name, of one of two portals. */
function manifest(which: 'a' | 'b', shell: string): string {
  const url = which === 'a' ? 'd-1111111111' : 'd-2222222222'
  return `version: 1
identity_center: { region: eu-west-1, start_url: "https://${url}.awsapps.com/start" }
accounts: { dev: "444455556666" }
local:
  sso_session: ${which}
  profiles: { ${which}-dev: { account: dev, permission_set: Admin } }
  shell: ${shell}
`
}

const zsh = (profile: string) => `{ aws_profile: ${profile}, shells: [zsh] }`

async function afterThe(first: string) {
  const laptop = newLaptop(first)
  expect((await laptop.run('apply')).code).toBe(0)
  const block = laptop.read('.zshrc')
  expect(block).toContain("AWS_PROFILE='a-dev'")
  return { laptop, block }
}

describe('blocks of manifests that share a machine and have no name', () => {
  test('one for another shell stays', async () => {
    const { laptop, block } = await afterThe(manifest('a', zsh('a-dev')))
    laptop.manifest(manifest('b', '{ aws_profile: b-dev, shells: [bash] }'))
    expect((await laptop.run('plan')).stdout).not.toContain('shell/zsh')
    await laptop.run('apply')
    expect(laptop.read('.zshrc')).toBe(block)
    expect(laptop.read('.bashrc')).toContain("AWS_PROFILE='b-dev'")
    laptop.manifest(manifest('b', '{}'))
    await laptop.run('apply')
    expect([laptop.read('.zshrc'), laptop.read('.bashrc')]).toEqual([block, ''])
  })

  test('one for the same shell is not taken over, and its profile and portal are named', async () => {
    const { laptop, block } = await afterThe(manifest('a', zsh('a-dev')))
    laptop.manifest(manifest('b', zsh('b-dev')))
    const { code, stderr } = await laptop.run('apply')
    expect(code).toBe(1)
    expect(stderr).toMatch(/sets AWS_PROFILE to a-dev, which signs in at https:\/\/d-1111111111\S+, not the portal/)
    expect(laptop.read('.zshrc')).toBe(block)
    laptop.write('.zshrc', '')
    expect((await laptop.run('apply')).code).toBe(0)
    expect(laptop.read('.zshrc')).toContain("AWS_PROFILE='b-dev'")
  })

  test('one stays where the profiles cannot be read, and goes when it is known for ours', async () => {
    const { laptop, block } = await afterThe(manifest('a', zsh('a-dev')))
    const config = laptop.config()
    laptop.write('.aws/config', `${config}what is this\n`)
    for (const which of ['a', 'b'] as const) {
      const local = manifest(which, '{}').replace(/ {2}profiles: .*\n| {2}sso_session: .*\n/g, '')
      laptop.manifest(local)
      const { code, stderr } = await laptop.run('apply')
      expect([code, laptop.read('.zshrc')]).toEqual([0, block])
      expect(stderr).toMatch(/config:\d+:1 +warning +this line is neither/)
    }
    laptop.write('.aws/config', config)
    laptop.manifest(manifest('a', '{}'))
    expect((await laptop.run('apply')).code).toBe(0)
    expect(laptop.read('.zshrc') ?? '').not.toContain('sso-reconcile')
  })

  test('one is known for what it is where shells alone are planned', async () => {
    const { laptop, block } = await afterThe(manifest('a', zsh('a-dev')))
    laptop.manifest(manifest('b', '{ aws_profile: somewhere-else, shells: [bash] }'))
    const narrow = await run(laptop.desk, ['plan', '--only', 'shell'])
    expect(narrow.stdout).not.toMatch(/shell\/zsh +DELETE/)
    laptop.manifest(manifest('b', zsh('somewhere-else')))
    expect((await run(laptop.desk, ['apply', '--only', 'shell', '--yes'])).stderr).toContain(
      'signs in at https://d-1111111111',
    )
    expect(laptop.read('.zshrc')).toBe(block)
  })

  test('a portal that cannot be told is named, and blocks nothing', async () => {
    const { laptop } = await afterThe(manifest('a', zsh('a-dev')).replace('d-1111111111', 'my-company'))
    laptop.manifest(manifest('b', zsh('b-dev')))
    const { code, stderr } = await laptop.run('apply')
    expect([code, stderr]).toEqual([0, expect.stringMatching(/a-dev, which signs in at https:\/\/my-company/)])
    expect(laptop.read('.zshrc')).toContain("AWS_PROFILE='b-dev'")
  })

  test('of one whose profile signs in here, or through no portal, nothing is said', async () => {
    const { laptop } = await afterThe(manifest('a', zsh('a-dev')))
    laptop.manifest(
      manifest('a', zsh('other')).replace('profiles: {', 'profiles: { other: { account: dev, permission_set: Read },'),
    )
    expect(await laptop.run('apply')).toMatchObject({ code: 0, stderr: expect.not.stringContaining('portal of') })
    laptop.write('.zshrc', (laptop.read('.zshrc') ?? '').replace('other', 'keys'))
    laptop.write('.aws/credentials', '[keys]\naws_access_key_id = x\naws_secret_access_key = x\n')
    expect(await laptop.run('apply')).toMatchObject({ code: 0, stderr: expect.not.stringContaining('portal') })
    expect(laptop.read('.zshrc')).toContain("AWS_PROFILE='other'")
  })

  test('a manifest that names no portal removes what it marked', async () => {
    const { laptop } = await afterThe(manifest('a', zsh('a-dev')))
    laptop.manifest('version: 1\nidentity_center: { region: eu-west-1 }\nlocal: { shell: {} }\n')
    expect((await laptop.run('apply')).code).toBe(0)
    expect(laptop.read('.zshrc')).toBe('')
  })
})
