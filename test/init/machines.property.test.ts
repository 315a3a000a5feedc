import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import { configPath, type Desk, newDesk, tree } from '../scenarios/e2e/support/desk.ts'
import { isFull } from '../support/effort.ts'
import { run } from '../support/here.ts'
import { configs, configText, secret, type WrittenSection } from './machines.ts'

const environment = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined }

vi.setConfig({ testTimeout: isFull ? 900_000 : 900_000 })

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
      // A file that the AWS CLI cannot read has to be repaired first, and is.
      const codes = diagnostics.map(({ code }: { code: string }) => code)
      if (!codes.some((code: string) => /^config-/.test(code))) expect(plan.code, says).toBe(0)
    }),
    { numRuns: isFull ? 1_000 : 2500 },
  )
})
