// What has to agree before a version goes out: package.json, the lock file, the changelog and, when one is named, the tag.
//   node scripts/release-check.mjs [v1.2.3]
import { readFileSync } from 'node:fs'

const [tag] = process.argv.slice(2)
const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'))
const titles = [...readFileSync('CHANGELOG.md', 'utf8').matchAll(/^## \[([^\]]+)\](.*)$/gm)]
const released = titles.filter(([, name]) => name !== 'Unreleased')

const wrong = [...versions(), ...(tag === undefined ? [] : ofTag())]
for (const sentence of wrong) console.error(`error  ${sentence}`)
if (wrong.length > 0) process.exit(1)
console.log(
  `version ${version}: package.json, package-lock.json, CHANGELOG.md${tag === undefined ? '' : ` and ${tag}`} agree`,
)

function versions() {
  const locked = new Set([lock.version, lock.packages?.['']?.version])
  const newest = released[0]
  return [
    ...[...locked]
      .filter((one) => one !== version)
      .map((one) => `package-lock.json says ${one}, package.json ${version}: run npm install --package-lock-only`),
    ...(newest !== undefined && isNewer(newest[1], version)
      ? [
          `CHANGELOG.md has ${newest[1]} as a release, package.json is still at ${version}: run npm version ${newest[1]}`,
        ]
      : []),
  ]
}

function ofTag() {
  const [title] = released.filter(([, name]) => name === version)
  return [
    ...(tag === `v${version}`
      ? []
      : [`the tag is ${tag}, package.json says ${version}: the tag should be v${version}`]),
    ...(title === undefined
      ? [`CHANGELOG.md has no section ## [${version}] - YYYY-MM-DD: give ## [Unreleased] that title`]
      : / - \d{4}-\d{2}-\d{2}\s*$/.test(title[0])
        ? []
        : [`CHANGELOG.md tells no day for ${version}: write ## [${version}] - YYYY-MM-DD`]),
    ...(title !== undefined && released[0] !== title
      ? [`CHANGELOG.md has ${released[0][1]} above ${version}: the release comes first`]
      : []),
  ]
}

function isNewer(one, other) {
  return one.localeCompare(other, 'en', { numeric: true }) > 0
}
