// A question, a tool call, its response, the answer, the end, over go-genai.
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"strings"

	"google.golang.org/genai"
)

func main() {
	ctx := context.Background()
	client, err := genai.NewClient(ctx, &genai.ClientConfig{
		APIKey:      "SECRETKEY",
		Backend:     genai.BackendGeminiAPI,
		HTTPOptions: genai.HTTPOptions{BaseURL: os.Getenv("URL_BASE")},
	})
	if err != nil {
		log.Fatal(err)
	}
	session, err := client.Live.Connect(ctx, "m", &genai.LiveConnectConfig{
		ResponseModalities: []genai.Modality{genai.ModalityAudio},
		Tools:              []*genai.Tool{{FunctionDeclarations: []*genai.FunctionDeclaration{{Name: "get_weather"}}}},
	})
	if err != nil {
		log.Fatal(err)
	}
	complete := true
	err = session.SendClientContent(genai.LiveClientContentInput{
		Turns:        []*genai.Content{genai.NewContentFromText("What is the weather?", genai.RoleUser)},
		TurnComplete: &complete,
	})
	if err != nil {
		log.Fatal(err)
	}
	var lines []string
	for {
		message, err := session.Receive()
		if err != nil {
			log.Fatal(err)
		}
		if message.ToolCall != nil {
			for _, call := range message.ToolCall.FunctionCalls {
				lines = append(lines, "call "+call.Name)
				response := &genai.FunctionResponse{ID: call.ID, Name: call.Name, Response: map[string]any{"output": "sunny"}}
				if err := session.SendToolResponse(genai.LiveToolResponseInput{FunctionResponses: []*genai.FunctionResponse{response}}); err != nil {
					log.Fatal(err)
				}
			}
		}
		if message.ServerContent != nil && message.ServerContent.TurnComplete {
			lines = append(lines, "turn complete")
			break
		}
	}
	session.Close()
	fmt.Println(strings.Join(lines, ", "))
}
