import Shop from "./shop";

// Rendered anew for each request, so that the import runs on the server, too.
export const dynamic = "force-dynamic";

export default function Page() {
  return <Shop />;
}
