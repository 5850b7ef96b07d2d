# A question, a tool call, its response, the answer, the end, over google-genai.
import asyncio
import os

from google import genai

config = {
    "response_modalities": ["AUDIO"],
    "tools": [{"function_declarations": [{"name": "get_weather"}]}],
}
question = {"role": "user", "parts": [{"text": "What is the weather?"}]}


async def main():
    client = genai.Client(api_key="SECRETKEY", http_options={"base_url": os.environ["URL_BASE"]})
    lines = []
    async with client.aio.live.connect(model="m", config=config) as session:
        await session.send_client_content(turns=question, turn_complete=True)
        # Ends with the turn.
        async for message in session.receive():
            for call in message.tool_call.function_calls if message.tool_call else []:
                lines.append(f"call {call.name}")
                response = {"id": call.id, "name": call.name, "response": {"output": "sunny"}}
                await session.send_tool_response(function_responses=[response])
            if message.server_content and message.server_content.turn_complete:
                lines.append("turn complete")
    print(", ".join(lines))


asyncio.run(main())
