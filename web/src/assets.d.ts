// The build copies these files and gives their address, relative to the script that asks for them.
declare module "world-atlas/*.json" {
  const address: string;
  export default address;
}
