"""Scripts for a page in a browser, between which what it tells the server is on its way."""

HOLD = """() => {
    const [emit, held] = [window.socket.emit, []];
    window.socket.emit = (...message) => held.push(message);
    window.letGo = () => {
        window.socket.emit = emit;
        held.forEach((message) => window.socket.emit(...message));
    };
}"""
"""From now on, until `LET_GO`. The page still hears the server."""
LET_GO = "letGo()"
