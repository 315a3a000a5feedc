import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import { tools } from '../../src/local/identity/identity.ts'
import { whoOn } from '../../src/local/identity/who.ts'
import { loadManifest } from '../../src/manifest/load.ts'
import { configPath, type Desk, newDesk, tree } from '../scenarios/e2e/support/desk.ts'
import { isFull } from '../support/effort.ts'
import { run } from '../support/here.ts'
import { configs, configText, secret, type WrittenSection } from './machines.ts'

const environment = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined }

vi.setConfig({ testTimeout: isFull ? 900_000 : 120_000 })

function deskWith(text: string): Desk {
  const desk = newDesk('http://127.0.0.1:9')
  rmSync(join(desk.work, 'sso.yaml'))
  mkdirSync(join(desk.home, '.aws'))
  writeFileSync(configPath(desk.home), text)
  return desk
}

/** Everything that the file neither declares nor names in a comment. */
function forgotten(manifest: string, sections: readonly WrittenSection[]): readonly string[] {
  const squeezed = manifest.replace(/\n#\s+/g, ' ')
  return sections.map(({ name }) => name).filter((name) => !squeezed.includes(name))
}

/** Profiles that are declared although a tool is somebody else with them. */
async function strangers(manifest: string, text: string): Promise<readonly string[]> {
  const readPolicy = () => Promise.reject(new Error('no policy files'))
  const loaded = await loadManifest({ file: 'sso.yaml', text: manifest }, { env: {}, readPolicy })
  const { accounts = {}, local } = loaded.manifest
  const who = whoOn({ config: { path: 'config', text }, credentials: { path: 'credentials', text: '' } })
  return Object.entries(local?.profiles ?? {}).flatMap(([profile, declared]) => {
    const account = accounts[String(declared.account)] ?? declared.account
    return tools.flatMap((tool) => {
      const is = who(tool, { profile })
      const fits = is.provider === 'sso' && is.account === account && is.role === declared.permission_set
      // A spelling that the SDK does not read makes it stop, which is no other identity.
      return fits || (tool === 'js-sdk' && is.provider === 'nobody')
        ? []
        : [`${profile}, ${tool}: ${JSON.stringify(is)}`]
    })
  })
}

it('init writes a manifest for every config of a machine that the AWS CLI can read, and its plan is empty', async () => {
  await fc.assert(
    fc.asyncProperty(configs, fc.constantFrom('\n', '\r\n'), async (sections, end) => {
      const text = configText(sections, end)
      const desk = deskWith(text)
      const before = tree(desk.home)
      const begun = await run(desk, ['init', '--only', 'local'], environment)
      expect(begun, text).toMatchObject({ code: 0 })
      const manifest = readFileSync(join(desk.work, 'sso.yaml'), 'utf8')
      expect(tree(desk.home)).toEqual(before)
      expect(forgotten(manifest, sections), `${text}\n---\n${manifest}`).toEqual([])
      expect(`${manifest}${begun.stdout}${begun.stderr}`).not.toContain(secret)
      expect(await run(desk, ['validate'], environment), `${text}\n---\n${manifest}`).toMatchObject({ code: 0 })
      const plan = await run(desk, ['plan', '--only', 'local', '--json', '--check'], environment)
      const says = `${text}\n---\n${manifest}\n---\n${plan.stdout}${plan.stderr}`
      const { operations, refusals, diagnostics } = JSON.parse(plan.stdout)
      expect({ operations, refusals }, says).toEqual({ operations: [], refusals: [] })
      expect(await strangers(manifest, text), says).toEqual([])
      // A file that the AWS CLI cannot read has to be repaired first, and is.
      const codes = diagnostics.map(({ code }: { code: string }) => code)
      if (!codes.some((code: string) => /^config-/.test(code))) expect(plan.code, says).toBe(0)
    }),
    { numRuns: isFull ? 1_000 : 40 },
  )
})
