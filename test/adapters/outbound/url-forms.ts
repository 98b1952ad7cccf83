// Hosts of URLs that lead to this machine, to private networks, or to what clouds tell their machines.
const listed = (text: string): readonly string[] => text.trim().split(/\s+/);

export const LITERALS = listed(`
  127.0.0.1 127.1 127.0.1 127.255.255.254 0 0.0.0.0 0x7f.1 0x7f000001 0X7F.0.0.1 2130706433 017700000001
  0177.0.0.1 0177.1 127.0.0.1. 127.1. %31%32%37.0.0.1 127。0。0。1 １２７.0.0.1 ①②⑦.0.0.1 [::1] [0:0:0:0:0:0:0:1]
  [::] [::ffff:127.0.0.1] [::ffff:7f00:1] [0:0:0:0:0:ffff:7f00:1] [::127.0.0.1] [::ffff:0:127.0.0.1]
  [64:ff9b::127.0.0.1] [2002:7f00:1::] [2001:0:7f00:1::] [fe80::1] [fd00:ec2::254] [fc00::1] [ff02::1]
  [::ffff:169.254.169.254] 169.254.169.254 0xa9fea9fe 2852039166 0251.0376.0251.0376 168.63.129.16
  100.100.100.200 10.0.0.1 172.16.0.1 192.168.1.1 192.0.2.1 198.18.0.1 224.0.0.1 255.255.255.255 240.0.0.1
`);

export const NAMES = listed(`
  localhost LOCALHOST localhost. sub.localhost router metadata metadata.google.internal
  metadata.google.internal. METADATA.goog instance-data.ec2.internal ｌｏｃａｌｈｏｓｔ
`);
