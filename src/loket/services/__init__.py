"""The services: what people come for. Rooms here never import each other; they meet through a register or an event."""
