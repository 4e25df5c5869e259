Attribute VB_Name = "RelayButtons"
' The buttons of sheets_automation. Each macro starts one function in Python and does nothing else.
' Written by "relay init"; the licence is that of sheets_automation (MIT).
' This source is ASCII, so that it reads the same in every language: what people read stands in the hidden sheet.
Option Explicit

Public Sub RelayPreview()
    PressButton "import sheets_automation.excel_buttons; sheets_automation.excel_buttons.preview()"
End Sub

Public Sub RelaySend()
    PressButton "import sheets_automation.excel_buttons; sheets_automation.excel_buttons.send()"
End Sub

Public Sub RelayUpdateCredits()
    PressButton "import sheets_automation.excel_buttons; sheets_automation.excel_buttons.update_credits()"
End Sub

Public Sub RelayImportFile()
    PressButton "import sheets_automation.excel_buttons; sheets_automation.excel_buttons.import_file()"
End Sub

Public Sub RelayCheck()
    PressButton "import sheets_automation.excel_buttons; sheets_automation.excel_buttons.check()"
End Sub

Private Sub PressButton(ByVal PythonCode As String)
    On Error GoTo Failed
    RunPython PythonCode
    Exit Sub
Failed:
    ShowError "", "FAILED"
End Sub

Public Sub ShowError(FileName As String, Optional Message As String = "")
    ' In the place of xlwings' own, which shows what Python wrote: that helps nobody here, and may name candidates.
    #If Mac Then
        MsgBox SentenceOf(Message), vbExclamation, "relay"
    #Else
        ' MsgBox of Windows knows only the characters of one language.
        WScript.Popup SentenceOf(Message), 0, "relay", 48
    #End If
End Sub

Private Function SentenceOf(ByVal Key As String) As String
    If Key = "" Then Key = "FAILED"
    On Error Resume Next
    SentenceOf = GetConfig("RELAY_SAYS_" & Key)
    On Error GoTo 0
    If SentenceOf = "" Then SentenceOf = "The program behind this button did not start. Please run: relay excel doctor"
End Function
