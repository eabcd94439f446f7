#!/bin/sh
# Fetches Mesa 25's CPU Vulkan driver (lavapipe) into .cache/lavapipe, for GPU tests without a GPU. Dawn refuses the Mesa
# that Debian 12 ships, so the driver comes from its backports; the system's own Mesa stays as it is.
# Only for Debian 12 as root; elsewhere it says so and changes nothing. A second run finds the driver and ends at once.
set -eu
cd "$(dirname "$0")/.."
target=$PWD/.cache/lavapipe
driver=$target/libvulkan_lvp.so

if [ -s "$target/lvp.json" ] && [ -s "$driver" ]; then exit 0; fi
say() { echo "lavapipe: $*" >&2; }
release=$(. /etc/os-release 2>/dev/null && echo "${VERSION_CODENAME:-}") || release=
if [ "$release" != bookworm ] || [ "$(id -u)" != 0 ]; then
  say "not fetched (needs Debian 12 and root); Chromium's SwiftShader is used instead"
  exit 0
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lists/partial" "$work/deb"

# A private apt view that knows the backports only, on the mirror this machine is set up for.
mirror=$(apt-get indextargets --format '$(REPO_URI)' | grep -v -e security -e backports | head -n 1)
keys=/usr/share/keyrings/debian-archive-keyring.gpg
echo "deb [signed-by=$keys] $mirror bookworm-backports main" >"$work/sources.list"
backports() {
  apt-get -qq -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts=- -o Dir::State::lists="$work/lists" \
    -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o APT::Sandbox::User=root "$@"
}
backports update
(cd "$work/deb" && backports download mesa-vulkan-drivers/bookworm-backports)
dpkg-deb -x "$work"/deb/*.deb "$work/root"
found=$(find "$work/root" -name libvulkan_lvp.so | head -n 1)

# The loader and the driver's libraries come from Debian 12 itself.
incomplete() { ldd "$found" | grep 'not found' || ! ldconfig -p | grep -q 'libvulkan\.so\.1 '; }
if incomplete >/dev/null; then
  apt-get -qq update
  DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install \
    libvulkan1 libllvm15 libdrm2 libelf1 libexpat1 libzstd1 zlib1g libwayland-client0 libx11-xcb1 libxcb1 libxcb-dri3-0 \
    libxcb-present0 libxcb-randr0 libxcb-shm0 libxcb-sync1 libxcb-xfixes0 libxshmfence1 >/dev/null
fi
if missing=$(incomplete); then
  say "libraries missing, not used: $missing"
  exit 1
fi

# The manifest goes last: it is what other scripts look for. A relative library path lets the folder move.
mkdir -p "$target"
cp "$found" "$driver.new" && mv "$driver.new" "$driver"
echo '{"file_format_version":"1.0.0","ICD":{"library_path":"./libvulkan_lvp.so","api_version":"1.4.305"}}' >"$target/lvp.json"
say "ready"
