/** True for a date of ISO 8601 as AWS takes it, from a year alone to parts of a second, and for seconds since 1970. */
export function isDate(text: string): boolean {
  if (/^-?\d+$/.test(text)) return true
  const isWritten = /^\d{4}-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?)?$/i.test(text)
  return isWritten && !Number.isNaN(Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')))
}

/** True for an address of IPv4 or IPv6, or a range of them as 203.0.113.0/24. */
export function isAddressRange(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/')
  const longest = isIpv4(address) ? 32 : isIpv6(address) ? 128 : -1
  return longest > 0 && more.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= longest))
}

function isIpv4(text: string): boolean {
  return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(text) && text.split('.').every((one) => Number(one) <= 255)
}

function isIpv6(text: string): boolean {
  return /^[\da-f:.]{2,45}$/i.test(text) && URL.canParse(`http://[${text}]/`)
}
